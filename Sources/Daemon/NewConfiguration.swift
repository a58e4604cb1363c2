import Runtime
import Settings
import TrunkModem

/// A modem that answered, for people.
public struct FoundModem: Hashable, Sendable {
    public let name: String
    public let place: String
    public let imei: String
}

/// Asks every serial device whether it is a modem.
public enum ModemSearch {
    public static func run(device: String?, asking: @escaping @Sendable (String) -> Void) async -> [FoundModem] {
        let finder = ModemFinder.system
        let found: [ModemFinder.Found]
        if let device {
            guard let place = SerialPlace(device) else { return [] }
            asking(device)
            found = [await finder.ask(place)].compactMap(\.self)
        } else {
            found = await finder.all()
        }
        return found.map { modem in
            let name = [modem.manufacturer, modem.model].compactMap(\.self).joined(separator: " ")
            return FoundModem(name: name.isEmpty ? "A modem" : name, place: "\(modem.place)", imei: modem.imei.digits)
        }
    }
}

/// The configuration that `homeline setup` writes: what was found, and the keys most people change.
public struct NewConfiguration: Sendable {
    private let country: String
    private let domain: String
    private let state: String
    private let modems: [FoundModem]

    public init(country: String, domain: String, state: String, modems: [FoundModem]) {
        self.country = country
        self.domain = domain
        self.state = state
        self.modems = modems
    }

    /// The text, proven to be a configuration; throws `SettingsError` where a value given is none.
    public func text() throws(SettingsError) -> String {
        var lines = ["# Homeline. 'homeline config example' explains every key.", "state: \(state)", "country: \(country)", "", "lines:"]
        for (position, modem) in modems.enumerated() {
            // A network port has no IMEI to be found by: it stays where it is.
            let device = modem.place.hasPrefix("tcp:") ? modem.place : "imei:\(modem.imei)"
            lines += ["  # \(modem.name)", "  \(position == 0 ? "home" : "line\(position + 1)"):", "    trunk: modem", "    device: \(device)"]
        }
        lines += [
            "", "endpoints:", "  softphone:", "    domain: \(domain)", "    listen: [\"udp:0.0.0.0:5060\", \"tcp:0.0.0.0:5060\"]", "",
            "http:", "  listen: 127.0.0.1:8080", "  sends-per-minute: 60", "",
        ]
        let text = lines.joined(separator: "\n")
        _ = try DaemonSettings(yaml: text)
        return text
    }
}
