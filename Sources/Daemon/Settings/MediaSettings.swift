import Exchange
import Settings
import Telephony

/// Where parts of messages may grow to, and how long messages are kept.
public struct MediaSettings: Sendable {
    /// Octets of pictures and other files.
    public let limit: Int
    /// How long messages are kept with all that is known of them; nil for ever.
    public let keep: Duration?

    static let limitKey = Key.number(
        "limit-mb", "Megabytes that pictures and other files of messages may take. When they are used up no more are taken until there is room.",
        example: "10240", in: 10...100_000_000)
    static let keepKey = Key.duration(
        "keep", "How long messages and their files are kept; for ever where left out. What is still to be brought to somebody stays.", example: "365d")

    static let keys = [limitKey.documentation, keepKey.documentation]

    init(_ section: Section?) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "media")
        limit = try section.value(Self.limitKey, default: 10_240) << 20
        keep = try section.optional(Self.keepKey)
        if let keep, keep < .seconds(3600) { throw section.error("keep", "at least an hour") }
        try section.finish()
    }
}
