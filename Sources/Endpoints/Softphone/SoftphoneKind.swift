import Certificates
import Exchange
import HTTPStack
import Kinds
import SIP
import SIPStack
import Settings
import Telephony

/// What a softphone endpoint needs to know.
public struct SoftphoneSettings: Sendable {
    public let domain: Host
    public var agent: UserAgentSettings
    /// The name or address under which apps reach the listeners; nil where nobody said.
    public let server: Host?
    /// What apps are set up to use; nil for the safest that apps accept.
    public let transport: Transport?
    let registration: Registration.Limits
    /// Octets of one file.
    let fileLimit: Int
    /// Other servers from which files may be fetched.
    let foreignHosts: Set<String>

    static let domainKey = Key<Host>(
        "domain", "The SIP domain: what stands behind the @ of your accounts, and the digest realm. Passwords are bound to it.",
        example: "sms.example.org"
    ) { node throws(Key<Host>.Reason) in
        guard case .scalar(let text) = node.content, let host = Host(text) else { throw Key<Host>.Reason("a domain name expected") }
        return host
    }
    static let listenKey = Key<[ListenAddress]>(
        "listen", "Where SIP is served: transport, address and port.", example: "[\"udp:0.0.0.0:5060\", \"tcp:0.0.0.0:5060\"]"
    ) { node throws(Key<[ListenAddress]>.Reason) in
        guard case .list(let nodes) = node.content else { throw Key<[ListenAddress]>.Reason("a list such as [\"udp:0.0.0.0:5060\"] expected") }
        var addresses: [ListenAddress] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let address = ListenAddress(text) else {
                throw Key<[ListenAddress]>.Reason("udp:, tcp: or tls: with a numeric address and a port expected, such as tls:0.0.0.0:5061")
            }
            addresses.append(address)
        }
        return addresses
    }
    static let certificateKey = Key.text(
        "certificate", "PEM file of the certificate chain, for tls. Read again when it changes.", example: "/etc/letsencrypt/live/sms.example.org/fullchain.pem")
    static let keyKey = Key.text("key", "PEM file of the certificate's private key.", example: "/etc/letsencrypt/live/sms.example.org/privkey.pem")
    static let serverKey = Key<Host>(
        "server", "The name or address that apps are set up to connect to; the host of http.public-url where left out, else the domain.",
        example: "sip.example.org"
    ) { node throws(Key<Host>.Reason) in
        guard case .scalar(let text) = node.content, let host = Host(text) else { throw Key<Host>.Reason("a name or an address expected") }
        return host
    }
    static let transportKey = Key.choice(
        "transport", "Which of its listeners apps are set up to use: tls, tcp or udp; the safest that apps accept where left out. They refuse tls where they do "
            + "not trust the certificate.",
        example: "tcp", Dictionary(uniqueKeysWithValues: Transport.allCases.map { ($0.rawValue, $0) }))
    static let devicesKey = Key.number("devices", "Apps that one person may have registered.", example: "12", in: 1...100)
    static let fileLimitKey = Key.number("files-limit", "Megabytes that one file of an app may have.", example: "100", in: 1...4096)
    static let filesAllowedKey = Key.list(
        "files-allowed", "Servers of others from which files that apps left there are fetched; none where left out. Linphone leaves them on "
            + "files.linphone.org unless its file transfer server is set to ours.", example: "[files.linphone.org]")

    /// `house` is the certificate for all, where the section names none.
    public init(_ section: inout Section, certificate house: CertificateFiles? = nil) throws(SettingsError) {
        domain = try section.require(Self.domainKey)
        let listen = try section.require(Self.listenKey)
        let certificate = try section.optional(Self.certificateKey)
        let key = try section.optional(Self.keyKey)
        server = try section.optional(Self.serverKey)
        transport = try section.optional(Self.transportKey)
        if let transport, !listen.contains(where: { $0.transport == transport }) {
            throw section.error("transport", "nothing listens there; 'listen' has no \(transport.rawValue)")
        }
        var limits = Registration.Limits()
        limits.devices = try section.value(Self.devicesKey, default: limits.devices)
        registration = limits
        let megabytes = try section.value(Self.fileLimitKey, default: 100)
        foreignHosts = Set(try section.value(Self.filesAllowedKey, default: []).map { $0.lowercased() })
        fileLimit = megabytes * 1_000_000
        var files = house
        guard (certificate == nil) == (key == nil) else { throw section.error("certificate", "certificate and key go together") }
        if let certificate, let key { files = CertificateFiles(chain: certificate, privateKey: key) }
        if listen.contains(where: { $0.transport == .tls }), files == nil {
            throw section.error("listen", "tls needs certificate and key here, or 'certificates' for all; 'homeline certificate' makes a pair for a first try")
        }
        agent = UserAgentSettings(listen: listen, certificate: files)
    }
}

extension EndpointKind {
    public static let softphone = EndpointKind(
        name: "softphone", summary: "SIP apps: Linphone, baresip and others.", audience: .devices,
        keys: [
            SoftphoneSettings.domainKey.required, SoftphoneSettings.listenKey.required, SoftphoneSettings.certificateKey.documentation,
            SoftphoneSettings.keyKey.documentation, SoftphoneSettings.serverKey.documentation, SoftphoneSettings.transportKey.documentation,
            SoftphoneSettings.devicesKey.documentation,
            SoftphoneSettings.fileLimitKey.documentation, SoftphoneSettings.filesAllowedKey.documentation,
        ],
        serving: make)

    private static let make: @Sendable (inout Section, EndpointContext) throws -> Made<EndpointPorts> = { section, context in
        var settings = try SoftphoneSettings(&section, certificate: context.certificate)
        settings.agent.transport.connections = min(settings.agent.transport.connections, context.connections)
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: settings.foreignHosts))
        let foreign = ForeignFiles(hosts: settings.foreignHosts, client: client, limit: settings.fileLimit)
        let softphone = Softphone(settings: settings, context: context, foreign: foreign)
        let ports = EndpointPorts(
            id: context.id, service: SoftphoneService(softphone: softphone, client: client), messages: softphone, health: { await softphone.health() }, figures: { await softphone.figures() })
        return Made(ports, routes: softphone.files?.routes ?? [])
    }
}

/// Serves the apps, and ends the connections to other servers with that.
private struct SoftphoneService: Service {
    let softphone: Softphone
    let client: GuardedClient

    func run() async throws {
        do {
            try await softphone.run()
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }
}
