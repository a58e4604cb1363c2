import Glibc

/// An IPv4 address and port of this machine.
struct LoopbackAddress: Hashable, Sendable {
    /// The last octet pair of 127.0.x.y; 1 is the usual one.
    var host: UInt16 = 1
    var port: UInt16

    var text: String { "127.0.\(host >> 8).\(host & 0xFF)" }

    fileprivate var raw: sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: (UInt32(127) << 24 | UInt32(host)).bigEndian)
        return address
    }
}

/// A socket that is closed with its last user.
final class Socket: Sendable {
    enum Kind {
        case stream, datagram

        fileprivate var number: Int32 {
            switch self {
            case .stream: Int32(SOCK_STREAM.rawValue)
            case .datagram: Int32(SOCK_DGRAM.rawValue)
            }
        }
    }

    let descriptor: Int32

    init(_ kind: Kind) throws {
        descriptor = socket(AF_INET, kind.number, 0)
        guard descriptor >= 0 else { throw BenchError.system("socket") }
        var on: Int32 = 1
        if kind == .stream {
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private init(accepted: Int32) {
        descriptor = accepted
    }

    deinit { close(descriptor) }

    func bind(_ address: LoopbackAddress) throws {
        var raw = address.raw
        let result = withUnsafePointer(to: &raw) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw BenchError.system("bind") }
    }

    func connect(_ address: LoopbackAddress) throws {
        var raw = address.raw
        let result = withUnsafePointer(to: &raw) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw BenchError.system("connect") }
    }

    func listen() throws {
        guard Glibc.listen(descriptor, 256) == 0 else { throw BenchError.system("listen") }
    }

    /// Waits for a connection.
    func accept() throws -> Socket {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { throw BenchError.system("accept") }
        var on: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return Socket(accepted: accepted)
    }

    /// The port the system chose.
    func port() throws -> UInt16 {
        var raw = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &raw) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard result == 0 else { throw BenchError.system("getsockname") }
        return UInt16(bigEndian: raw.sin_port)
    }

    /// All of it; small messages fit the socket's buffer.
    func send(_ octets: [UInt8]) throws {
        var sent = 0
        while sent < octets.count {
            let count = octets[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw BenchError.system("send") }
            sent += count
        }
    }

    /// What there is, waiting for the first of it; empty at the end of the connection.
    func receive(into buffer: inout [UInt8]) throws -> ArraySlice<UInt8> {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw BenchError.system("recv") }
        return buffer[..<count]
    }

    /// A port that nobody uses now.
    static func freePort(_ kind: Kind) throws -> UInt16 {
        let socket = try Socket(kind)
        try socket.bind(LoopbackAddress(port: 0))
        return try socket.port()
    }
}
