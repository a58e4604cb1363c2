import Telephony

/// Where the daemon may call out to, decided before a connection is made.
public struct ClientPolicy: Hashable, Sendable {
    /// Hosts that may be private or use any port, because the owner named them in the settings. Lower-case, as written in the URL.
    public var allowedHosts: Set<String>

    public init(allowedHosts: Set<String> = []) {
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
    }

    /// Ports of web servers; a request to a mail or login server is a way to misuse us.
    func refusal(of url: WebURL) -> Failure? {
        guard url.port < 1024, ![80, 443].contains(url.port), !allowedHosts.contains(url.host) else { return nil }
        return Failure(.refused, "port \(url.port) of \(url.host) is not a web server's")
    }

    /// The address to connect to: the first that is allowed. Nil when there is none.
    func choose(among addresses: [IPAddress], for host: String) -> IPAddress? {
        allowedHosts.contains(host) ? addresses.first : addresses.first(where: \.isPublic)
    }
}
