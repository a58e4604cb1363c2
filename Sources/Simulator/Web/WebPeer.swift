import NIOCore
import NIOHTTP1
import NIOPosix

/// The web server that a simulated phone, router or gateway is reached by. It answers as its closure says, on this machine only.
public final class WebPeer: Sendable {
    public typealias Respond = @Sendable (PeerRequest) async -> PeerReply

    /// Octets of a request's body; more ends the connection.
    public static let bodyLimit = 64 * 1024 * 1024

    private let server: any Channel

    private init(_ server: any Channel) { self.server = server }

    /// Listens on a port of 127.0.0.1; 0 for any that is free.
    public static func start(port: Int = 0, respond: @escaping Respond) async throws -> WebPeer {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(WebPeerConnection(respond))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        return WebPeer(server)
    }

    public var port: Int { server.localAddress?.port ?? 0 }

    /// `http://127.0.0.1:40123`, without a slash at the end.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// Listens no longer; the port can be taken again. Connections that are open stay until their peers end them.
    public func stop() async { try? await server.close() }
}

/// A request to a simulated peer.
public struct PeerRequest: Sendable {
    public let method: String
    /// As sent, without the query.
    public let path: String
    public let query: String
    /// Names in lower case; of several values the first.
    public let headers: [String: String]
    public let body: [UInt8]
    /// Tells the connections of one peer apart.
    public let connection: ObjectIdentifier

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The parameters of an urlencoded query or body, the last of each name.
    public static func parameters(_ form: String) -> [String: String] {
        var found: [String: String] = [:]
        for pair in form.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { decode(String($0)) }
            found[halves[0]] = halves.count > 1 ? halves[1] : ""
        }
        return found
    }

    private static func decode(_ text: String) -> String {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let octet = rest.popFirst() {
            let digits = rest.prefix(2)
            if octet == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                octets.append(value)
                rest = rest.dropFirst(2)
            } else {
                octets.append(octet == UInt8(ascii: "+") ? UInt8(ascii: " ") : octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

/// What a simulated peer answers, and how badly.
public struct PeerReply: Sendable {
    public enum Delivery: Hashable, Sendable {
        case whole
        /// The connection is closed after so many octets of the body.
        case cut(after: Int)
        /// The connection is closed without an answer.
        case never
    }

    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var delivery: Delivery

    public init(_ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], delivery: Delivery = .whole) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delivery = delivery
    }

    public static func text(_ status: Int = 200, _ text: String, type: String = "text/plain; charset=utf-8") -> PeerReply {
        PeerReply(status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    public static func json(_ status: Int = 200, _ text: String) -> PeerReply { .text(status, text, type: "application/json") }

    public static let hangUp = PeerReply(0, delivery: .never)
}
