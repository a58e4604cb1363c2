import Telephony

/// What a person types into any SIP app. The password is in it and nowhere else.
public struct PlainSettings: Sendable {
    public let user: String
    public let password: String
    public let domain: String
    public let host: String
    public let ways: [PhoneService.Way]

    public init(user: String, password: String, service: PhoneService) {
        self.user = user
        self.password = password
        domain = service.domain
        host = service.host
        ways = service.ways
    }

    /// `sip:alice@sms.example.org`
    public var account: String { "sip:\(user)@\(domain)" }

    /// `sms.example.org:5061 (TLS)`, the recommended one first.
    public var servers: [String] { ways.map { "\(host):\($0.port) (\($0.transport.rawValue.uppercased()))" } }

    /// What a field of an app is for, as the command line calls it.
    public enum Field: String, Sendable {
        case account = "Account", user = "User name", password = "Password", domain = "Domain", server = "Server", otherServer = "or"
    }

    /// In the order in which apps ask for them.
    public var rows: [(field: Field, value: String)] {
        [(.account, account), (.user, user), (.password, password), (.domain, domain), (.server, servers.first ?? host)]
            + servers.dropFirst().map { (.otherServer, $0) }
    }
}
