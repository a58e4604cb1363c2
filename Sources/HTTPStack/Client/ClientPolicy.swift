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

    /// The addresses to connect to, in this order: the first that is allowed, and for where nobody is met there another one, of the other family
    /// if there is one. Many a house has a way to the internet by one family only and does not know it.
    func choose(among addresses: [IPAddress], for host: String) -> [IPAddress] {
        let allowed = allowedHosts.contains(host) ? addresses : addresses.filter(\.isPublic)
        guard let first = allowed.first else { return [] }
        let others = allowed.filter { $0 != first }
        return [first] + [others.first { $0.octets.count != first.octets.count } ?? others.first].compactMap { $0 }
    }
}
