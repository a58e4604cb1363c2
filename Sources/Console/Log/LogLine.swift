import Telephony

/// One line of the log as it may be shown: numbers and secrets are masked.
public struct LogLine: Hashable, Sendable {
    /// As grave as they are.
    public enum Level: String, CaseIterable, Sendable, Comparable {
        case info, notice, warning, error

        public static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .notice: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    /// Rises by one with each line.
    public let sequence: Int64
    public let at: Instant
    public let level: Level
    /// The part that wrote it.
    public let label: String
    public let text: String
    /// Values by name, `line=home`.
    public let details: String

    /// On one line, as in a file.
    public var written: String {
        "\(CivilDate(at).rfc3339) \(level.rawValue) \(label): \(text)" + (details.isEmpty ? "" : " (\(details))")
    }
}
