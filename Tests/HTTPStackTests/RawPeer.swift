import NIOCore
import NIOPosix

/// A peer that writes octets as it likes and reads until the other side closes.
struct RawPeer {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func connect(port: Int) async throws -> RawPeer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) {
            channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
        return RawPeer(channel: channel)
    }

    static func connect(socket path: String) async throws -> RawPeer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: path) {
            channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
        return RawPeer(channel: channel)
    }

    /// What comes until this is its end.
    static func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, until end: String) async throws -> String {
        var text = ""
        for try await buffer in inbound {
            text += String(buffer: buffer)
            if text.hasSuffix(end) { break }
        }
        return text
    }

    /// Writes, and reads what comes until `isEnough` or the end.
    func exchange(_ texts: [String], until isEnough: (String) -> Bool = { _ in false }) async throws -> String {
        try await channel.executeThenClose { inbound, outbound in
            var answer = ""
            do {
                for text in texts { try await outbound.write(ByteBuffer(string: text)) }
                for try await buffer in inbound {
                    answer += String(buffer: buffer)
                    if isEnough(answer) { break }
                }
            } catch is IOError {
                // A reset is an end as well.
            } catch is ChannelError {
                // So is a connection that was closed before we wrote.
            }
            return answer
        }
    }
}
