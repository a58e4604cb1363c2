/// What becomes of messages that ask for a status report.
public struct ReportPolicy: Equatable, Sendable {
    /// TP-ST of the reports in order (3GPP TS 23.040 §9.2.3.15); none at all when empty.
    public var statuses: [UInt8]
    /// Before each report.
    public var delay: Duration

    public init(statuses: [UInt8], delay: Duration) {
        self.statuses = statuses
        self.delay = delay
    }

    public static func delivered(after delay: Duration) -> ReportPolicy {
        ReportPolicy(statuses: [0x00], delay: delay)
    }

    /// Validity period expired.
    public static func failed(after delay: Duration) -> ReportPolicy {
        ReportPolicy(statuses: [0x46], delay: delay)
    }

    /// Recipient busy, then delivered.
    public static func delayed(after delay: Duration) -> ReportPolicy {
        ReportPolicy(statuses: [0x21, 0x00], delay: delay)
    }

    public static let none = ReportPolicy(statuses: [], delay: .zero)
}
