import Glibc
import NIOPosix
import SIPStack

/// A socket of the other side, without any SIP in it: what is written is what goes out.
///
/// It blocks on a thread of its own pool and gives up after twenty seconds.
final class RawPeer: Sendable {
    enum Kind { case datagram, stream }
    enum Failure: Error { case socket(Int32), silence }
    enum End { case closed, open }

    private let descriptor: Int32
    let port: UInt16

    /// Connected to the address, or, without one, bound to a port of its own choice or the one given; on loopback in all cases.
    init(_ kind: Kind, to remote: ListenAddress? = nil, at address: String = "127.0.0.1", port: UInt16 = 0, receiveBuffer: Int32? = nil) throws {
        let type = kind == .datagram ? Int32(SOCK_DGRAM.rawValue) : Int32(SOCK_STREAM.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size)) }
        var own = sockaddr_in()
        own.sin_family = sa_family_t(AF_INET)
        own.sin_addr.s_addr = inet_addr(address)
        own.sin_port = port.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                guard bind(descriptor, raw, size) == 0 else { return errno }
                return getsockname(descriptor, raw, &size) == 0 ? 0 : errno
            }
        }
        guard result == 0 else { throw Failure.socket(result) }
        self.port = UInt16(bigEndian: own.sin_port)
        if let remote { try connect(toPort: remote.port) }
    }

    deinit {
        Glibc.close(descriptor)
    }

    func connect(toPort remotePort: UInt16) throws {
        var remote = sockaddr_in()
        remote.sin_family = sa_family_t(AF_INET)
        remote.sin_addr.s_addr = inet_addr("127.0.0.1")
        remote.sin_port = remotePort.bigEndian
        let result = withUnsafePointer(to: &remote) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 ? 0 : errno
            }
        }
        guard result == 0 else { throw Failure.socket(result) }
    }

    /// Lets others connect; nobody is accepted, so nobody is answered.
    func listen() throws {
        guard Glibc.listen(descriptor, 8) == 0 else { throw Failure.socket(errno) }
    }

    func send(_ text: String) {
        let octets = Array(text.utf8)
        _ = Glibc.send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes next; empty when the peer closed. A connection's octets come as they are read.
    func receive() async throws -> String {
        let descriptor = descriptor
        return try await NIOThreadPool.singleton.runIfActive {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == ECONNRESET { return "" }
            guard count >= 0 else { throw Failure.silence }
            return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    /// Reads on until the text has come or the peer closed.
    func receive(until text: String) async throws -> String {
        var all = ""
        while !all.contains(text) {
            let more = try await receive()
            guard !more.isEmpty else { return all }
            all += more
        }
        return all
    }

    /// Whether the peer has closed, once all it sent is read.
    func end() async throws -> End {
        while true {
            do {
                if try await receive().isEmpty { return .closed }
            } catch {
                return .open
            }
        }
    }
}

extension String {
    /// Of a response's start line.
    var statusCode: Int? { hasPrefix("SIP/2.0 ") ? Int(dropFirst(8).prefix(3)) : nil }
}
