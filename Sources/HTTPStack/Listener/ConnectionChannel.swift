import Certificates
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// Sets up one accepted connection: counted, encrypted where asked for, with bounded heads and deadlines.
struct ConnectionChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    /// What a connection by TLS is shown.
    struct Encryption: Sendable {
        let identity: ServerIdentity
        let proofs: TLSProofs
    }

    private let base: HTTP1Channel
    private let limits: ListenerSettings.Limits
    private let census: ConnectionCensus
    /// Nil where the connection is plain.
    private let encryption: Encryption?
    /// Nil where no path takes long request lines.
    private let longTargets: LongTargets?

    init(
        responder: @escaping HTTPChannelHandler.Responder, limits: ListenerSettings.Limits, census: ConnectionCensus,
        counts: RequestCounts, encryption: Encryption?, longTargets: LongTargets? = nil
    ) {
        let headLimit = limits.headOctets + (longTargets?.furthest ?? 0)
        base = HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestDeadlines(limits: limits, census: census, counts: counts)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: headLimit, maxHeaderListSize: headLimit, maxHeaderFieldCount: limits.headerFields)))
        self.limits = limits
        self.census = census
        self.encryption = encryption
        self.longTargets = longTargets
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let source = channel.remoteAddress?.ipAddress.map(IPAddress.countingKey) ?? "local"
        let hasRoom = census.enter(channel, from: source)
        let encrypted = channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let encryption { try encryption.proofs.addHandlers(to: pipeline, identity: encryption.identity) }
            if let longTargets {
                try pipeline.addHandler(HeadRoom(limits: limits, targets: longTargets, source: Door.network.source(of: channel.remoteAddress)))
            }
        }
        return encrypted.flatMap { base.setup(channel: channel, logger: logger) }.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let room = longTargets == nil ? nil : try pipeline.handler(type: HeadRoom.self)
            try pipeline.addHandler(HeadCheck(limits: limits, room: room), position: .before(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)))
            // A failed set-up would reach the accepting channel; closing after a good one does not.
            if !hasRoom { channel.close(promise: nil) }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
