import SMS
import Telephony

/// A DELIVER with the receipt it came in.
struct Arrival: Sendable {
    let receipt: ReceiptID
    let receivedAt: Instant
    let deliver: Deliver
    /// TP-SCTS in seconds since 1970 as written, plausible or not.
    let stampedSeconds: Int64?

    init(_ deliver: Deliver, in receipt: Receipt) {
        self.receipt = receipt.id
        self.receivedAt = receipt.receivedAt
        self.deliver = deliver
        stampedSeconds = deliver.serviceCentreTimestamp.secondsSince1970
    }

    /// When the service centre took it; nil where it can't be true.
    var sentAt: Instant? { deliver.serviceCentreTimestamp.instant(plausibleAt: receivedAt) }
}

extension Timestamp {
    /// 1992-12-03, the day of the first short message.
    private static let beginning = Instant(seconds: 723_340_800)
    /// Networks are known to be a whole zone off, and clocks here to be slow; more than this is nonsense.
    private static let skew: Duration = .seconds(86_400)

    /// The moment, unless it is no date, before there were texts, or after it arrived.
    func instant(plausibleAt arrival: Instant) -> Instant? {
        guard let seconds = secondsSince1970 else { return nil }
        let instant = Instant(seconds: seconds)
        return instant >= Self.beginning && instant <= arrival + Self.skew ? instant : nil
    }
}
