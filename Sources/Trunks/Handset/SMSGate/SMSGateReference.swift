import Exchange
import Telephony

/// Our name for a message on the phone: the delivery's, how many texts we think it is on the air, and the SIM where the line has one of several.
/// The phone knows a repetition by it.
struct SMSGateReference: Hashable, Sendable, CustomStringConvertible {
    let delivery: DeliveryID
    let segments: Int
    let sim: Int?

    init(_ delivery: DeliveryID, segments: Int, sim: Int?) {
        self.delivery = delivery
        self.segments = min(max(1, segments), 255)
        self.sim = sim
    }

    /// Nil for a message that is not ours.
    init?(_ text: String) {
        let pieces = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(pieces.count), let delivery = DeliveryID(pieces[0]), let segments = UInt8(pieces[1]), segments > 0 else { return nil }
        let sim = pieces.count == 3 ? UInt8(pieces[2]) : nil
        guard pieces.count == 2 || sim != nil else { return nil }
        self.init(delivery, segments: Int(segments), sim: sim.map { Int($0) })
    }

    /// 36 characters at most, which is what the app's server takes.
    var description: String { "\(delivery)-\(segments)" + (sim.map { "-\($0)" } ?? "") }
}
