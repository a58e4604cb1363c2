import Carriers
import HTTPStack
import Settings

/// A line's `mms` section: what is needed to fetch picture messages, which costs data.
struct PictureSettings: Sendable {
    var carrier = CarrierSettings()
    /// Where messages are fetched from when the router shows the last part of the address only; nil: the carrier's message centre is tried.
    var server: WebURL?

    static let serverKey = Key<WebURL>(
        "server", "Where picture messages are fetched from when the router shows only the end of their address; else the carrier's message centre is tried.",
        example: "http://mmsc.example.net"
    ) { node throws(Unreadable) in
        guard case .scalar(let text) = node.content, let url = WebURL(text) else { throw Unreadable("an http or https URL expected") }
        return url
    }

    static let keys: [KeyDoc] = [serverKey.documentation] + CarrierSettings.keys

    init() {}

    init(_ section: Section) throws(SettingsError) {
        var section = section
        server = try section.optional(Self.serverKey)
        carrier = try CarrierSettings(section: &section)
        try section.finish()
    }
}
