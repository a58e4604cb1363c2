import Certificates

/// How phones reach this house from outside: `home.example.org`, `home.example.org:51820`, `192.0.2.7:51820`, `[2001:db8::1]:51820`.
public struct TunnelEndpoint: Hashable, Sendable, CustomStringConvertible {
    public static let standardPort = 51_820

    public let host: String
    public let port: Int

    /// Nil for what is no such text.
    public init?(_ text: String) {
        var host = text, port = Self.standardPort
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = String(text[text.index(after: text.startIndex)..<end])
            guard ServerName.address(host)?.count == 16 else { return nil }
            let rest = text[text.index(after: end)...]
            if !rest.isEmpty {
                guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
                port = Int(number)
            }
        } else if ServerName.address(text) == nil, let colon = text.lastIndex(of: ":") {
            guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else { return nil }
            host = String(text[..<colon])
            port = Int(number)
        }
        guard ServerName.isValid(host) else { return nil }
        self.host = host
        self.port = port
    }

    public var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
