import Messaging
import SMS
import Telephony

/// A text as a modem would hand it over, segment by segment.
enum LoopbackPDU {
    /// Empty where the text is too long or the sender cannot be written.
    static func deliver(_ text: String, from sender: Telephony.Address, number: Int64, at now: Instant) -> [[UInt8]] {
        guard let originator = try? SMS.Address(sender),
            let plan = try? Segmentation.plan(text, reference: .short(UInt8(truncatingIfNeeded: number)))
        else { return [] }
        return plan.segments.map { segment in
            let deliver = Deliver(from: originator, segment.userData, at: Timestamp(secondsSince1970: now.seconds))
            return ModemPDU(.deliver(deliver)).encode().octets
        }
    }
}
