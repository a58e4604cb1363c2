import Foundation
import Synchronization

/// The API of a phone that thinks before each answer, on a thread of its own: one request at a time.
final class SlowPhone: Sendable {
    let port: UInt16
    private let listener: Socket
    private let count = Mutex(0)

    /// Requests that were answered.
    var taken: Int { count.withLock { $0 } }

    init(milliseconds: UInt32) throws {
        listener = try Socket(.stream)
        try listener.bind(LoopbackAddress(port: 0))
        try listener.listen()
        port = try listener.port()
        Thread.detachNewThread { [self] in
            while let socket = try? listener.accept() {
                Thread.detachNewThread { [self] in try? serve(socket, milliseconds) }
            }
        }
    }

    private func serve(_ socket: Socket, _ milliseconds: UInt32) throws {
        let body = #"{"status":"sent","server":"fossify-api","id":"1790000000000"}"#
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
        var framer = HTTPFramer()
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let more = try socket.receive(into: &buffer)
            guard !more.isEmpty else { return }
            framer.append(more)
            while framer.next() != nil {
                usleep(milliseconds * 1000)
                try socket.send(answer)
                count.withLock { $0 += 1 }
            }
        }
    }
}
