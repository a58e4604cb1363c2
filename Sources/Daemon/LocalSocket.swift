import Glibc

/// Streams to sockets of this machine's file system (unix(7)).
enum LocalSocket {
    /// Gives `body` the descriptor of a connection, which lasts as long as it runs. Nil where nothing listens, or the path is too long for a socket.
    static func whileConnected<Value>(to path: String, _ body: (Int32) throws -> Value) rethrows -> Value? {
        var target = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: target.sun_path) else { return nil }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        return connected == 0 ? try body(descriptor) : nil
    }
}
