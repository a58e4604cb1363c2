import MMS
import Messaging
import SMS
import Telephony

/// Puts what a router shows of a picture message's notice back into the form that it had: a push (OMA-TS-MMS_ENC 1.3 §6.2) in the segments of
/// a short message, which the interpreter of all such notices reads. The carrier's name for the transaction is lost; the address stands in.
enum PictureAnnouncement {
    /// Octets of content that a segment has room for beside its header.
    private static let segmentContent = 128

    /// Service-centre address and SMS-DELIVER each; the same for the same notice. Empty where the address is too long for one.
    static func segments(address: String, from originator: Telephony.Address, at instant: Instant) -> [[UInt8]] {
        let notice = NotificationIndication(transactionID: String(address.suffix(40)), contentLocation: address, messageClass: .personal)
        let octets = Push(.notificationIndication(notice)).encoded()
        let pieces = stride(from: 0, to: octets.count, by: segmentContent).map { Array(octets[$0..<min($0 + segmentContent, octets.count)]) }
        guard let total = UInt8(exactly: pieces.count), let from = (try? SMS.Address(originator)) ?? (try? SMS.Address(.shortCode("0"))) else { return [] }
        let reference = octets.reduce(UInt8(0)) { $0 &* 31 &+ $1 }
        return zip(pieces, 1...total).compactMap { piece, sequence in
            var elements = [InformationElement.ports(.long(destination: 2948, source: 9200))]
            if total > 1 { elements.append(.concatenation(Concatenation(reference: .short(reference), total: total, sequence: sequence))) }
            guard let userData = try? UserData(octets: piece, header: UserDataHeader(elements)) else { return nil }
            return ModemPDU(.deliver(Deliver(from: from, userData, at: Timestamp(secondsSince1970: instant.seconds)))).encode().octets
        }
    }
}
