import Carriers
import Settings

/// A line's `mms` section. Picture messages cost data, so a line without one has none.
public struct MultimediaSettings: Sendable {
    public var carrier = CarrierSettings()
    public var bearer = BearerSettings()

    public init() {}

    /// Every key, for the example configuration.
    public static let keys: [KeyDoc] = BearerSettings.keys + CarrierSettings.keys

    public init(section: Section) throws(SettingsError) {
        var section = section
        carrier = try CarrierSettings(section: &section)
        bearer = try BearerSettings(section: &section)
        try section.finish()
    }
}
