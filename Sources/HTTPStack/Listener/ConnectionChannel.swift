import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import NIOSSL

/// Sets up one accepted connection: counted, encrypted where asked for, with bounded heads and deadlines.
struct ConnectionChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let census: ConnectionCensus
    private let certificates: Certificates?

    init(
        responder: @escaping HTTPChannelHandler.Responder, limits: ListenerSettings.Limits, census: ConnectionCensus,
        counts: RequestCounts, certificates: Certificates?
    ) {
        base = HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestDeadlines(limits: limits, census: census, counts: counts)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headOctets, maxHeaderListSize: limits.headOctets, maxHeaderFieldCount: limits.headerFields)))
        self.census = census
        self.certificates = certificates
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let source = channel.remoteAddress?.ipAddress.map(IPAddress.countingKey) ?? "local"
        let hasRoom = census.enter(channel, from: source)
        let encrypted = channel.eventLoop.makeCompletedFuture {
            guard let certificates else { return }
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificates.context))
        }
        return encrypted.flatMap { base.setup(channel: channel, logger: logger) }.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HeadCheck(), position: .before(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)))
            // A failed set-up would reach the accepting channel; closing after a good one does not.
            if !hasRoom { channel.close(promise: nil) }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
