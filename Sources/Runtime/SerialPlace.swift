/// Where a serial line is: a device of this machine, or a server that forwards one raw (ser2net).
public enum SerialPlace: Hashable, Sendable {
    case device(path: String)
    case network(host: String, port: Int)

    /// `/dev/ttyUSB0`, `/dev/serial/by-id/…`, `tcp:host:port`, `tcp:[::1]:port`. Nil for anything else.
    public init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        if text.hasPrefix("/") {
            self = .device(path: text)
            return
        }
        guard text.hasPrefix("tcp:"), let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port)
        else { return nil }
        var host = text[text.index(text.startIndex, offsetBy: 4)..<max(colon, text.index(text.startIndex, offsetBy: 4))]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self = .network(host: String(host), port: port)
    }
}

extension SerialPlace: CustomStringConvertible {
    public var description: String {
        switch self {
        case .device(let path): path
        case .network(let host, let port): host.contains(":") ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
        }
    }
}
