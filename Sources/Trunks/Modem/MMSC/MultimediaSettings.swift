import Carriers
import Kinds
import Messaging
import Settings

/// A line's `mms` section. Picture messages cost data, so a line without one has none.
public struct MultimediaSettings: Sendable {
    public var carrier = CarrierSettings()
    public var bearer = BearerSettings()
    /// Whether recipients' phones are asked to report that they have a message.
    public var reports = ReportRequest.wanted
    /// Whether recipients are asked to have it reported when they look at it.
    public var readReports = ReportRequest.notWanted
    public var tooLarge = TooLarge.refused

    public init() {}

    /// Every key, for the example configuration.
    public static let keys: [KeyDoc] = BearerSettings.keys + CarrierSettings.keys + [reportsKey.documentation, readReportsKey.documentation, TooLarge.key.documentation]

    static let reportsKey = Key<ReportRequest>.choice(
        "reports", "Whether the carrier is asked to report what becomes of each picture message.", example: "yes", ["yes": .wanted, "no": .notWanted])
    static let readReportsKey = Key<ReportRequest>.choice(
        "read-reports", "Whether recipients' phones are asked to report when a picture message is looked at.", example: "no",
        ["yes": .wanted, "no": .notWanted])

    public init(section: Section) throws(SettingsError) {
        var section = section
        carrier = try CarrierSettings(section: &section)
        bearer = try BearerSettings(section: &section)
        reports = try section.value(Self.reportsKey, default: .wanted)
        readReports = try section.value(Self.readReportsKey, default: .notWanted)
        tooLarge = try section.value(TooLarge.key, default: .refused)
        try section.finish()
    }
}
