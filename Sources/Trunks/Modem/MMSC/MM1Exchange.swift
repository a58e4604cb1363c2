import Certificates
import HTTPStack
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL
import Synchronization
import Telephony

/// One request and its answer on a connection of its own.
struct MM1Exchange: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    /// What it takes to make the connection.
    struct Route: Sendable {
        let address: IPAddress
        let port: Int
        /// Spoken to by TLS under this name; nil for plain HTTP.
        let tlsName: String?
    }

    typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    let socket: BearerSocket
    let sizeLimit: Int
    let connectTime: Duration

    func connect(_ route: Route) async throws -> Connection {
        let tls = try route.tlsName.map { name in (try NIOSSLContext(configuration: .client), name) }
        return try await socket.connect(to: route.address, port: route.port, within: connectTime) { [sizeLimit] channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let (context, name) = tls {
                    // An address is no name to indicate (RFC 6066 §3).
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: IPAddress(name) == nil ? name : nil))
                }
                // NIO's check refuses characters that some MMSCs put into addresses; ours let through what cannot end a line.
                try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes, enableOutboundHeaderValidation: false)
                try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .size(sizeLimit)))
                return try Connection(wrappingChannelSynchronously: channel)
            }
        }
    }

    /// Sends the request and takes the answer. The departure happens when the first octet may have left.
    func exchange(
        _ head: HTTPRequestHead, body: [UInt8], over connection: Connection, _ departure: Departure
    ) async throws -> Answer {
        try await connection.executeThenClose { inbound, outbound in
            departure.happens()
            let request: [HTTPClientRequestPart] =
                [.head(head)] + (body.isEmpty ? [] : [.body(.byteBuffer(ByteBuffer(bytes: body)))]) + [.end(nil)]
            // Who has answered may close before the last octet is written; the answer counts all the same (RFC 9112 §9.5).
            try? await outbound.write(contentsOf: request)
            return try await answer(from: inbound)
        }
    }

    private func answer(from parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> Answer {
        var head: HTTPResponseHead?
        var body = ByteBuffer()
        for try await part in parts {
            switch part {
            case .head(let arrived):
                head = arrived
                let announced = arrived.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
                guard announced <= sizeLimit else { throw MM1Failure.tooLarge(limit: sizeLimit) }
            case .body(var octets):
                guard body.readableBytes + octets.readableBytes <= sizeLimit else { throw MM1Failure.tooLarge(limit: sizeLimit) }
                body.writeBuffer(&octets)
            case .end:
                guard let head else { break }
                return Answer(status: Int(head.status.code), headers: head.headers, body: Array(body.readableBytesView))
            }
        }
        throw ChannelError.eof
    }
}

/// Whether a request has begun to leave: after that its failure is a doubt.
final class Departure: Sendable {
    private let state = Mutex(false)

    var hasHappened: Bool { state.withLock { $0 } }
    func happens() { state.withLock { $0 = true } }
}
