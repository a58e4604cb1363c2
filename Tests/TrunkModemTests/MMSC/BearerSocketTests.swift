import Glibc
import HTTPStack
import NIOCore
import NIOPosix
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct BearerSocketTests {
    @Test func `who is told to end does not wait for a server that says nothing`() async throws {
        let server = try SilentServer()
        let socket = BearerSocket(context: BearerContext(), group: MultiThreadedEventLoopGroup.singleton)
        let address = try #require(IPAddress("127.0.0.1"))
        let clock = ContinuousClock()
        let began = clock.now
        let connecting = Task {
            try await socket.connect(to: address, port: server.port, within: .seconds(60)) { $0.eventLoop.makeSucceededVoidFuture() }
        }
        connecting.cancel()
        await #expect(throws: (any Error).self) { try await connecting.value }
        #expect(clock.now - began < .seconds(50))
    }
}

/// One that has more waiting for it than it takes: whoever else connects hears nothing.
private final class SilentServer {
    let port: Int
    private let descriptors: [Int32]

    init() throws {
        let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) == 0 && listen(listener, 0) == 0 && getsockname(listener, $0, &length) == 0 }
        }
        guard isOpen else { throw Unexpected("no port") }
        port = Int(UInt16(bigEndian: address.sin_port))
        let waiting = (0..<8).map { _ in Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0) }
        descriptors = [listener] + waiting
        for one in waiting {
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(one, $0, length) }
            }
        }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
