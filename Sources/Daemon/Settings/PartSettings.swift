import Certificates
import Console
import Exchange
import HTTPStack
import Settings

/// Where the API listens, and what it allows.
public struct HTTPSettings: Sendable {
    /// `host:port`; nil for no listener but the command line's own socket.
    public let listen: String?
    /// Nil where the listener is plain.
    public private(set) var certificate: String?
    public private(set) var key: String?
    /// Whether it is encrypted where the house has a certificate.
    private let wantsTLS: Bool
    /// Messages that each token may have sent in a minute; nil for no limit.
    public let sendsPerMinute: Int?
    /// Who may read the metrics without a token.
    public let metricsReaders: Set<IPAddress>
    /// Under which the listener is reached from outside; nil where nobody said.
    public let publicURL: WebURL?
    /// To whom the Console's pages are shown.
    public let console: Exposure
    /// Proxies before us whose word is taken for who asks, and how they say it.
    public let proxies: [NetworkRange]
    public let proxyField: Proxies.Field
    /// Push services of the owner's own, which may be on a private network.
    public let pushHosts: Set<String>

    static let listenKey = Key.text("listen", "Address and port of the HTTP API; none turns it off.", example: "127.0.0.1:8080")
    static let certificateKey = Key.text("certificate", "PEM file of the certificate chain; turns on TLS. Read again when it changes.", example: "/etc/letsencrypt/live/sms.example.org/fullchain.pem")
    static let keyKey = Key.text("key", "PEM file of the certificate's private key.", example: "/etc/letsencrypt/live/sms.example.org/privkey.pem")

    static let tlsKey = Key.toggle(
        "tls", "Whether the listener is encrypted by the certificate of 'certificates', where there is one. no: a proxy on this machine does it.", example: "yes")

    static let sendsKey = Key.number(
        "sends-per-minute", "How many messages each token may have sent in a minute, counted by recipient; no limit where left out. More are answered 429.",
        example: "60", in: 1...100_000)
    static let metricsKey = Key<Set<IPAddress>>(
        "metrics-from", "Addresses that may read /metrics without a token.", example: "[127.0.0.1]"
    ) { node throws(Key<Set<IPAddress>>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var addresses: Set<IPAddress> = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let address = IPAddress(text) else {
                throw Key<Set<IPAddress>>.Reason("a list of IP addresses expected, such as [127.0.0.1]")
            }
            addresses.insert(address.unmapped)
        }
        return addresses
    }

    static let publicKey = Key<WebURL>(
        "public-url", "How apps reach this listener from wherever they are; files of picture messages are fetched and left under it.",
        example: "https://sms.example.org:8443"
    ) { node throws(Key<WebURL>.Reason) in
        guard case .scalar(let text) = node.content, let url = WebURL(text), !url.target.contains("?") else {
            throw Key<WebURL>.Reason("an http or https URL expected, such as https://sms.example.org:8443")
        }
        return url
    }

    static let consoleKey = Key.choice(
        "console",
        """
        To whom the web pages are shown: guarded (to everybody where the listener has a certificate, else to this machine alone), open (to \
        everybody who reaches the listener: only on a network of your own, such as a VPN), or off.
        """,
        example: "guarded", Dictionary(uniqueKeysWithValues: Exposure.allCases.map { ($0.rawValue, $0) }))

    static let pushKey = Key.list(
        "push-hosts", "Push services of your own, by host: browsers may have themselves called there without https or on a private network.",
        example: "[push.home]")

    static let proxiesKey = Key<[NetworkRange]>(
        "proxies", "Addresses of proxies before this listener that say who asks, and whether over TLS. Nobody else is believed.", example: "[127.0.0.1]"
    ) { node throws(Key<[NetworkRange]>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var ranges: [NetworkRange] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let range = NetworkRange(text) else {
                throw Key<[NetworkRange]>.Reason("a list of addresses or ranges expected, such as [127.0.0.1, 10.0.0.0/8]")
            }
            ranges.append(range)
        }
        return ranges
    }
    static let proxyFieldKey = Key.choice(
        "proxy-field", "How the proxies say it: x-forwarded (X-Forwarded-For and X-Forwarded-Proto) or forwarded (RFC 7239).", example: "x-forwarded",
        Dictionary(uniqueKeysWithValues: Proxies.Field.allCases.map { ($0.rawValue, $0) }))

    static let keys = [
        consoleKey.documentation, proxiesKey.documentation, proxyFieldKey.documentation, pushKey.documentation, listenKey.documentation, publicKey.documentation, certificateKey.documentation,
        keyKey.documentation, tlsKey.documentation, sendsKey.documentation,
        metricsKey.documentation,
    ]

    init(_ section: Section?) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "http")
        let address = try section.value(Self.listenKey, default: "127.0.0.1:8080")
        listen = address == "none" ? nil : address
        certificate = try section.optional(Self.certificateKey)
        key = try section.optional(Self.keyKey)
        sendsPerMinute = try section.optional(Self.sendsKey)
        metricsReaders = try section.value(Self.metricsKey, default: [])
        publicURL = try section.optional(Self.publicKey)
        console = try section.value(Self.consoleKey, default: .guarded)
        proxies = try section.value(Self.proxiesKey, default: [])
        proxyField = try section.value(Self.proxyFieldKey, default: .xForwarded)
        wantsTLS = try section.value(Self.tlsKey, default: true)
        pushHosts = Set(try section.value(Self.pushKey, default: []).map { $0.lowercased() })
        guard (certificate == nil) == (key == nil) else { throw section.error("certificate", "certificate and key go together") }
        try section.finish()
    }

    /// The same with the house's certificate, where it has none of its own and is to be encrypted.
    func taking(_ house: CertificateFiles?) -> HTTPSettings {
        guard let house, certificate == nil, wantsTLS else { return self }
        var settings = self
        settings.certificate = house.chain
        settings.key = house.privateKey
        return settings
    }
}

/// What is written to the log. Telephone numbers and texts never are: lines carry the ids of messages and deliveries.
public struct LogSettings: Sendable {
    public let level: String
    static let levelKey = Key.choice(
        "level", "How much is logged: error, warning, info or debug.", example: "info",
        ["error": "error", "warning": "warning", "info": "info", "debug": "debug"])

    static let keys = [levelKey.documentation]

    init(_ section: Section?) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "log")
        level = try section.value(Self.levelKey, default: "info")
        try section.finish()
    }
}

/// How long things may wait.
public struct LifetimeSettings: Sendable {
    public let lifetimes: Lifetimes

    static let trunkKey = Key.duration("sending", "A text that could not leave for this long is given up, and its writer told.", example: "24h")
    static let deviceKey = Key.duration("devices", "How long a message is kept for an app that is away.", example: "30d")
    static let endpointKey = Key.duration("endpoints", "How long a webhook's delivery is tried.", example: "3d")

    static let keys = [trunkKey.documentation, deviceKey.documentation, endpointKey.documentation]

    init(_ section: Section?) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "lifetimes")
        var lifetimes = Lifetimes()
        lifetimes.trunk = try section.value(Self.trunkKey, default: lifetimes.trunk)
        lifetimes.device = try section.value(Self.deviceKey, default: lifetimes.device)
        lifetimes.endpoint = try section.value(Self.endpointKey, default: lifetimes.endpoint)
        self.lifetimes = lifetimes
        try section.finish()
    }
}
