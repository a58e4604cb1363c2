import HTTPStack

/// Makes a configuration of what sms-bridge-linphone was set up with: the names of its `.env`. Pure.
public struct SeedBridgeImport: Sendable {
    /// What the environment cannot say.
    public struct Choices: Hashable, Sendable {
        /// Home country: the old bridge put a plus sign before whatever it was given.
        public var country = "US"
        /// Address and port in the place of FLASK_HOST and FLASK_PORT: while both run, they cannot have the same.
        public var listen: String?
        public var state = "/var/lib/homeline"

        public init() {}
    }

    private static let bridgeNames = ["FOSSIFY_API_URL", "FOSSIFY_AUTH_TOKEN", "BRIDGE_SECRET", "FLASK_HOST", "FLASK_PORT"]
    private static let monitorNames = [
        "MONITOR_CHECK_INTERVAL", "MONITOR_ALERT_COOLDOWN", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM", "SMTP_TO",
    ]
    /// Its documents speak of them and nothing reads them.
    private static let unreadNames = ["BRIDGE_TOKEN", "MMSGATE_TOKEN"]

    private let environment: EnvironmentFile
    private let choices: Choices

    public init(_ environment: EnvironmentFile, choices: Choices = Choices()) {
        self.environment = environment
        self.choices = choices
    }

    /// - Parameters:
    ///   - directory: where the files with secrets will lie, without a slash at its end.
    ///   - apiPassword: a fresh one for programs that speak to VoIP.ms; the old bridge asked for none.
    public func configuration(in directory: String, apiPassword: String) throws(ImportError) -> ImportedConfiguration {
        let phone = try phoneURL()
        let phoneToken = try secret("FOSSIFY_AUTH_TOKEN", least: 8)
        let bridgeSecret = try secret("BRIDGE_SECRET", least: 16)
        let listen = try listen()
        guard choices.country.utf8.count == 2, choices.country.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
            throw ImportError("a country of two letters expected, such as US")
        }
        let layout = SeedBridgeLayout(directory: directory, phone: phone, listen: listen, choices: choices)
        return ImportedConfiguration(
            yaml: layout.yaml,
            secrets: [
                ImportedConfiguration.Secret(path: layout.phoneTokenFile, content: phoneToken),
                ImportedConfiguration.Secret(path: layout.bridgeSecretFile, content: bridgeSecret),
                ImportedConfiguration.Secret(path: layout.apiPasswordFile, content: apiPassword),
            ], remarks: remarks(phone, listen))
    }

    private func phoneURL() throws(ImportError) -> WebURL {
        guard let text = environment.values["FOSSIFY_API_URL"], !text.isEmpty else { throw ImportError("FOSSIFY_API_URL is missing: where the phone's app listens") }
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = WebURL(trimmed), !trimmed.contains("\"") else { throw ImportError("FOSSIFY_API_URL is no http or https address") }
        return url
    }

    /// What stands for "not set yet" is as good as nothing.
    private func secret(_ name: String, least: Int) throws(ImportError) -> String {
        guard let text = environment.values[name], !text.isEmpty else { throw ImportError("\(name) is missing") }
        guard text.lowercased() != "change-me" else { throw ImportError("\(name) is still change-me; anybody knows that: openssl rand -hex 32 makes a better one") }
        guard text.utf8.count >= least else { throw ImportError("\(name) is shorter than \(least) characters: openssl rand -hex 32 makes a better one") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw ImportError("\(name) has characters that cannot stand in a header field") }
        return text
    }

    private func listen() throws(ImportError) -> String {
        if let listen = choices.listen { return listen }
        let host = environment.values["FLASK_HOST"] ?? "0.0.0.0"
        guard let address = IPAddress(host) else { throw ImportError("FLASK_HOST is no address in numbers; --listen ADDRESS:PORT says another") }
        guard let port = UInt16(environment.values["FLASK_PORT"] ?? "5000"), port > 0 else { throw ImportError("FLASK_PORT is no port") }
        return address.octets.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)"
    }

    private func remarks(_ phone: WebURL, _ listen: String) -> [String] {
        var remarks: [String] = []
        if listen.hasPrefix("0.0.0.0:") || listen.hasPrefix("[::]:") {
            remarks.append("It listens on every address of this machine, without TLS, as the old bridge did: choose the address that the phone reaches, such as 10.0.0.1, or add a certificate.")
        }
        if environment.values["FLASK_PORT"] == nil, choices.listen == nil { remarks.append("FLASK_PORT is not set: the old bridge's 5000 is taken. While both run, --listen gives Homeline another.") }
        let monitor = Self.monitorNames.filter { environment.values[$0] != nil }
        if !monitor.isEmpty {
            remarks.append("\(monitor.joined(separator: ", ")): the old monitor's. It can go on asking /health; Homeline tells the owner by message, and /metrics tells Prometheus.")
        }
        let unread = Self.unreadNames.filter { environment.values[$0] != nil }
        if !unread.isEmpty { remarks.append("\(unread.joined(separator: ", ")): the old bridge never read this.") }
        let known = Set(Self.bridgeNames + Self.monitorNames + Self.unreadNames)
        let unknown = environment.values.keys.filter { !known.contains($0) }.sorted()
        if !unknown.isEmpty { remarks.append("\(unknown.joined(separator: ", ")): not a name of the old bridge's; not taken over.") }
        if !environment.strangeLines.isEmpty {
            remarks.append("Line \(environment.strangeLines.map(String.init).joined(separator: ", ")): no NAME=VALUE; passed over.")
        }
        return remarks
    }
}
