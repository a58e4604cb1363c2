import Certificates
import SIP

/// What a user agent needs to know before it starts.
public struct UserAgentSettings: Hashable, Sendable {
    public var listen: [ListenAddress]
    /// Needed to listen on TLS.
    public var certificate: CertificateFiles?
    /// How often the certificate's files are looked at.
    public var certificateCheckInterval: Duration
    /// PEM file of the authorities that vouch for servers we connect to by TLS; nil takes the system's.
    public var trustedAuthorities: String?
    public var transport: TransportSettings
    public var transactions: TransactionLimits
    public var sources: SourceGuard.Settings
    public var strangers: StrangerLimits
    /// Media types that OPTIONS says we accept.
    public var accept: [String]
    /// Extensions that OPTIONS says we know (option tags).
    public var supported: [String]

    public init(
        listen: [ListenAddress], certificate: CertificateFiles? = nil, certificateCheckInterval: Duration = .seconds(10),
        trustedAuthorities: String? = nil,
        transport: TransportSettings = TransportSettings(), transactions: TransactionLimits = TransactionLimits(),
        sources: SourceGuard.Settings = SourceGuard.Settings(), strangers: StrangerLimits = StrangerLimits(),
        accept: [String] = ["text/plain", "message/cpim", "message/imdn+xml"], supported: [String] = ["path", "outbound", "gruu"]
    ) {
        self.listen = listen
        self.certificate = certificate
        self.certificateCheckInterval = certificateCheckInterval
        self.trustedAuthorities = trustedAuthorities
        self.transport = transport
        self.transactions = transactions
        self.sources = sources
        self.strangers = strangers
        self.accept = accept
        self.supported = supported
    }
}
