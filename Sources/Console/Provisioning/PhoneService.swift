import Telephony

/// How apps reach the SIP side: what a person would type into one.
public struct PhoneService: Sendable {
    public enum Transport: String, Sendable, CaseIterable { case tls, tcp, udp }

    public struct Way: Hashable, Sendable {
        public let transport: Transport
        public let port: UInt16

        public init(_ transport: Transport, port: UInt16) {
            self.transport = transport
            self.port = port
        }
    }

    /// Whether apps trust what our listeners show them.
    public enum Certificate: Hashable, Sendable {
        /// An authority vouches for it, as far as we know.
        case vouched
        /// Apps refuse it until it is installed on the phone.
        case selfSigned
    }

    /// What stands behind the @ of accounts, and the digest realm.
    public let domain: String
    /// The name or address that apps connect to; IPv6 in brackets.
    public let host: String
    /// The one that apps are set up for first.
    public let ways: [Way]
    public let certificate: Certificate
    /// Where apps leave the files of their messages; nil where nobody said under which address they reach us.
    public let files: String?
    /// The calling code of each line's country, `41`: what apps put before a number that is dialled as at home.
    public let callingCodes: [LineID: String]
    /// What is kept of a password.
    let credentials: @Sendable (_ user: String, _ password: String) -> SIPCredentials

    public init(
        domain: String, host: String, ways: [Way], certificate: Certificate = .vouched, files: String?, callingCodes: [LineID: String],
        credentials: @escaping @Sendable (_ user: String, _ password: String) -> SIPCredentials
    ) {
        self.domain = domain
        self.host = host
        self.ways = ways
        self.certificate = certificate
        self.files = files
        self.callingCodes = callingCodes
        self.credentials = credentials
    }
}
