/// An absolute `http` or `https` URL, as strictly as we call them: no user, no fragment, a plain host.
public struct WebURL: Hashable, Sendable, CustomStringConvertible {
    public enum Scheme: String, Sendable { case http, https }

    public let scheme: Scheme
    /// Lower-case name or address; an IPv6 address without its brackets.
    public let host: String
    public let port: Int
    /// Path and query, beginning with `/`.
    public let target: String

    /// Nil for anything else than such a URL, and for one of more than `longest` octets.
    public init?(_ text: String, longest: Int = 2048) {
        guard text.utf8.count <= longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let colon = text.firstRange(of: "://") else {
            return nil
        }
        guard let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased()) else { return nil }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.hostAndPort(authority, standard: scheme == .https ? 443 : 80) else { return nil }
        let target = rest.dropFirst(authority.count)
        self.init(scheme: scheme, host: host, port: port, target: target.hasPrefix("/") ? String(target) : "/" + target)
    }

    private init(scheme: Scheme, host: String, port: Int, target: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
    }

    private static func hostAndPort(_ authority: Substring, standard: Int) -> (String, Int)? {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let host = String(authority[authority.index(after: authority.startIndex)..<end])
            guard let address = IPAddress(host), address.octets.count == 16, !host.contains("%") else { return nil }
            return port(authority[authority.index(after: end)...], standard: standard).map { (host.lowercased(), $0) }
        }
        let host = authority.prefix { $0 != ":" }
        let isPlain = host.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isPlain, !host.isEmpty, host.utf8.count <= 253 else { return nil }
        return port(authority.dropFirst(host.count), standard: standard).map { (host.lowercased(), $0) }
    }

    private static func port(_ text: Substring, standard: Int) -> Int? {
        if text.isEmpty { return standard }
        guard text.hasPrefix(":"), let port = UInt16(text.dropFirst()), port > 0 else { return nil }
        return Int(port)
    }

    /// The URL that a Location header names: absolute, or a path on the same host.
    func redirected(to location: String) -> WebURL? {
        if location.hasPrefix("/"), !location.hasPrefix("//") {
            guard location.utf8.count <= 2048, location.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
            return WebURL(scheme: scheme, host: host, port: port, target: String(location.prefix { $0 != "#" }))
        }
        return WebURL(location)
    }

    public var description: String {
        let standard = scheme == .https ? 443 : 80
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(host)" + (port == standard ? "" : ":\(port)") + target
    }
}
