/// A carrier's HTTP proxy.
public struct ProxyAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or an IPv4 address.
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` and `host`, which means port 80. Nil for anything else.
    public init?(_ text: String) {
        let host = text.prefix { $0 != ":" }
        let isPlain = host.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard !host.isEmpty, host.utf8.count <= 253, isPlain else { return nil }
        let rest = text.dropFirst(host.count)
        guard !rest.isEmpty else {
            self.init(host: host.lowercased(), port: 80)
            return
        }
        guard let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        self.init(host: host.lowercased(), port: Int(port))
    }

    public var description: String { "\(host):\(port)" }
}
