import ACME
import Certificates
import Exchange
import Settings
import Telephony

/// The whole configuration file, decoded once before anything starts. What a kind understands stays its own section.
public struct DaemonSettings: Sendable {
    public struct LineSettings: Sendable {
        public let id: LineID
        /// The trunk kind.
        public let kind: String
        /// Home country, ISO 3166 alpha-2.
        public let country: String
        public let number: String?
        public let inDoubt: DoubtPolicy
        /// Texts that may wait to leave.
        public let queueLimit: Int
        /// Whether who asks for it is told when a picture message is looked at.
        public let tellsWhenRead: Bool
        public var section: Section
    }

    public struct EndpointSettings: Sendable {
        public let id: EndpointID
        public let kind: String
        /// Nil for all.
        public let lines: Set<LineID>?
        public var section: Section
    }

    public let stateDirectory: String
    public let lines: [LineSettings]
    public let endpoints: [EndpointSettings]
    /// Nil where nobody said: each listener then has its own, or none.
    public let certificates: CertificateSettings?
    public let http: HTTPSettings
    public let log: LogSettings
    public let lifetimes: LifetimeSettings
    public let media: MediaSettings
    /// Nil where no backups are made by themselves.
    public let backup: BackupSettings?
    public let alerts: AlertSettings
    /// All of it as it was written, for who looks for a mistake.
    let document: Node

    /// Throws `SettingsError` at the first mistake. Without lines it is where the first run begins.
    public init(yaml: String) throws(SettingsError) {
        document = try YAMLDocument.parse(yaml)
        var root = try Section(document, path: "")
        stateDirectory = try root.value(Keys.state, default: "/var/lib/homeline")
        let country = try root.optional(Keys.country)
        lines = try Self.lines(&root, country: country)
        endpoints = try Self.endpoints(&root, lines: Set(lines.map(\.id)))
        certificates = try CertificateSettings(try root.section("certificates"))
        let written = try HTTPSettings(try root.section("http"))
        http = written.taking(certificates?.files(in: CertificateStore(state: stateDirectory)))
        log = try LogSettings(try root.section("log"))
        lifetimes = try LifetimeSettings(try root.section("lifetimes"))
        media = try MediaSettings(try root.section("media"))
        backup = try BackupSettings(try root.section("backup"))
        alerts = try AlertSettings(try root.section("alerts"), lines: lines.map(\.id.name))
        try root.finish()
        if case .acme(let acme) = certificates?.way, acme.issuer.challenge == .tls, http.listen == nil || http.certificate == nil || written.certificate != nil {
            throw SettingsError(line: 0, path: "certificates.acme.challenge", reason: "tls-alpn-01 needs the HTTP listener, with TLS and the house's certificate; or take http-01")
        }
    }

    /// Where the house's own certificate lies; nil where there is none for all.
    var houseFiles: CertificateFiles? { certificates?.files(in: certificateStore) }
    var certificateStore: CertificateStore { CertificateStore(state: stateDirectory) }

    private static func lines(_ root: inout Section, country: String?) throws(SettingsError) -> [LineSettings] {
        var lines: [LineSettings] = []
        for (name, section) in try root.namedSections("lines") {
            var section = section
            guard name != LineID.house.name else { throw SettingsError(line: section.line, path: section.path, reason: "this name is reserved") }
            guard let home = try section.optional(Keys.country) ?? country else {
                throw section.error("country", "missing, and there is no country for all lines either. \(Keys.country.doc)")
            }
            lines.append(
                LineSettings(
                    id: LineID(name), kind: try section.value(Keys.trunk, default: "modem"), country: home,
                    number: try section.optional(Keys.number), inDoubt: try section.value(Keys.inDoubt, default: .hold),
                    queueLimit: try section.value(Keys.queueLimit, default: 10_000),
                    tellsWhenRead: try section.value(Keys.tellRead, default: false), section: section))
        }
        return lines
    }

    private static func endpoints(_ root: inout Section, lines: Set<LineID>) throws(SettingsError) -> [EndpointSettings] {
        var endpoints: [EndpointSettings] = []
        for (name, section) in try root.namedSections("endpoints") {
            var section = section
            let served = try section.optional(Keys.lines).map { Set($0.map { LineID($0) }) }
            if let unknown = served?.subtracting(lines).sorted().first {
                throw section.error("lines", "there is no line named \(unknown)")
            }
            endpoints.append(
                EndpointSettings(
                    id: EndpointID(name), kind: try section.value(Keys.kind(name), default: name), lines: served, section: section))
        }
        return endpoints
    }

    /// Keys that every line, every endpoint or the whole file may have.
    enum Keys {
        static let state = Key.text(
            "state", "Directory for the ledger and certificates; created, and readable by the daemon alone.", example: "/var/lib/homeline")
        static let country = Key<String>(
            "country", "Home country of the lines (ISO 3166, two letters): how numbers without + are read.", example: "CH"
        ) { node throws(Key<String>.Reason) in
            guard case .scalar(let text) = node.content, let plan = NumberPlan(country: text.uppercased()) else {
                throw Key<String>.Reason("a country of two letters expected, such as CH")
            }
            return plan.country
        }
        static let trunk = Key.text("trunk", "What holds the SIM: the kind of trunk.", example: "modem")
        static let number = Key.text("number", "The line's own number, where the SIM does not know it.", example: "\"+41791234567\"")
        static let inDoubt = Key.choice(
            "in-doubt",
            """
            What to do about a text whose sending was cut off before its answer: hold it for you to decide, retry-once (it may arrive twice), \
            or settle-by-report (hold it until the network's delivery report decides).
            """,
            example: "hold", Dictionary(uniqueKeysWithValues: DoubtPolicy.allCases.map { ($0.rawValue, $0) }))
        static let queueLimit = Key.number(
            "queue-limit", "Texts that may wait to leave over the line; more are refused with 503 until there is room.", example: "10000",
            in: 1...10_000_000)
        static let tellRead = Key.toggle(
            "tell-when-read", "Tell who sent a picture message and asks for it when it is looked at here.", example: "no")
        static func kind(_ example: String) -> Key<String> {
            Key.text("kind", "The kind of endpoint, where the section has a name of its own.", example: example)
        }
        static let lines = Key.list("lines", "The lines it serves; all where left out.", example: "[home]")
    }
}

extension CertificateStore {
    /// The folder in a state directory.
    init(state: String) { self.init(directory: state + "/certificates") }
}
