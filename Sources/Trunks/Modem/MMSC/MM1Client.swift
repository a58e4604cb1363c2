import Carriers
import HTTPStack
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import Runtime
import Synchronization
import Telephony

/// Moves PDUs between us and the MMSC over HTTP (MM1; OMA-TS-MMS_CONF §8), on the bearer and nowhere else.
struct MM1Client: Sendable {
    struct Limits: Hashable, Sendable {
        /// Octets of an answer.
        var size = 10 * 1024 * 1024
        var connecting = Duration.seconds(20)
        /// From the first packet to the last; a slow cell moves 5 kB in a second.
        var whole = Duration.seconds(240)
        var redirects = 3
    }

    let carrier: CarrierProfile
    /// The line's own, for headers that name it.
    let number: String?
    let context: BearerContext
    let named: [AddressPolicy.NamedHost]
    let resolver: BearerResolver
    let clock: any MonotonicClock
    var limits = Limits()

    static let mediaType = "application/vnd.wap.mms-message"

    /// The PDU at an address that was announced.
    func fetch(_ location: String) async throws(MM1Failure) -> [UInt8] {
        guard var address = ContentAddress(location) else { throw .permanent(Failure(.refused, "the announced address is no http URL")) }
        for _ in 0...limits.redirects {
            let answer = try await perform(.GET, address, body: [], willSend: {})
            switch MM1Answer(answer, from: address) {
            case .message(let octets):
                guard !octets.isEmpty else { throw .temporary(Failure(.unreachable, "\(address.url.host) answered with nothing"), retryAfter: nil) }
                return octets
            case .elsewhere(let next):
                address = next
            case .failed(let failure):
                throw failure
            }
        }
        throw .permanent(Failure(.refused, "the MMSC redirects in circles"))
    }

    /// Posts a PDU; the answer is the MMSC's PDU, empty where it has nothing to say.
    ///
    /// `willSend` is awaited when the connection stands and before the first octet leaves; when it throws, nothing has left.
    func post(
        _ pdu: [UInt8], to location: String, willSend: @escaping @Sendable () async throws(MM1Failure) -> Void = {}
    ) async throws(MM1Failure) -> [UInt8] {
        guard let address = ContentAddress(location) else { throw .permanent(Failure(.refused, "the MMSC's address is no http URL")) }
        let answer = try await perform(.POST, address, body: pdu, willSend: willSend)
        switch MM1Answer(answer, from: address) {
        case .message(let octets): return octets
        case .elsewhere: throw .permanent(Failure(.http(answer.status), "the MMSC is elsewhere; look at mmsc in the line's mms section"))
        // A gateway has handed it on and does not know; anybody else has read it and says no.
        case .failed(.temporary(let failure, _)) where [502, 504].contains(answer.status): throw .lost(Failure(.lostAnswer, failure.sentence))
        case .failed(let failure): throw failure
        }
    }

    private func perform(
        _ method: HTTPMethod, _ address: ContentAddress, body: [UInt8], willSend: @escaping @Sendable () async throws(MM1Failure) -> Void
    ) async throws(MM1Failure) -> MM1Exchange.Answer {
        let departure = Departure()
        do {
            return try await withThrowingTaskGroup(of: MM1Exchange.Answer.self) { [clock, limits] group in
                group.addTask {
                    try await self.converse(method, address, body: body, willSend: willSend, departure)
                }
                group.addTask {
                    try await clock.sleep(for: limits.whole)
                    throw MM1Failure.temporary(Failure(.timeout, "\(address.url.host) takes too long"), retryAfter: nil)
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next() else { throw CancellationError() }
                return answer
            }
        } catch {
            let failure = Self.failure(error, at: address, limit: limits.size)
            guard method == .POST, departure.hasHappened, case .temporary(let cause, _) = failure else { throw failure }
            throw .lost(Failure(.lostAnswer, cause.detail))
        }
    }

    private func converse(
        _ method: HTTPMethod, _ address: ContentAddress, body: [UInt8], willSend: @Sendable () async throws(MM1Failure) -> Void,
        _ departure: Departure
    ) async throws -> MM1Exchange.Answer {
        let exchange = MM1Exchange(socket: resolver.socket, sizeLimit: limits.size, connectTime: limits.connecting)
        var unreachable: any Error = MM1Failure.refusedAddress("\(address.url.host) leads to no address of the carrier's")
        for route in try await routes(to: address) {
            let connection: MM1Exchange.Connection
            do {
                connection = try await exchange.connect(route)
            } catch {
                unreachable = error
                continue
            }
            do {
                try await willSend()
            } catch {
                try? await connection.channel.close()
                throw error
            }
            return try await exchange.exchange(head(method, address, octets: body.count), body: body, over: connection, departure)
        }
        throw unreachable
    }

    /// Where to connect: the proxy where there is one, else the host itself, as far as it is allowed.
    private func routes(to address: ContentAddress) async throws(MM1Failure) -> [MM1Exchange.Route] {
        let policy = AddressPolicy(named: named, context: context)
        if let proxy = carrier.proxy, address.url.scheme == .http {
            guard let through = ContentAddress("http://\(proxy)/") else { throw .permanent(Failure(.refused, "the proxy's address is none")) }
            let addresses = policy.allowed(among: try await resolver.addresses(of: proxy.host), for: through)
            return addresses.map { MM1Exchange.Route(address: $0, port: proxy.port, tlsName: nil) }
        }
        if let refusal = policy.refusal(of: address) { throw .refusedAddress(refusal) }
        let addresses = policy.allowed(among: try await resolver.addresses(of: address.url.host), for: address)
        let tlsName = address.url.scheme == .https ? address.url.host : nil
        return addresses.map { MM1Exchange.Route(address: $0, port: address.url.port, tlsName: tlsName) }
    }

    /// The head that carriers expect of a phone.
    func head(_ method: HTTPMethod, _ address: ContentAddress, octets: Int) -> HTTPRequestHead {
        let isProxied = carrier.proxy != nil && address.url.scheme == .http
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: address.authority)
        headers.add(name: "User-Agent", value: carrier.userAgent)
        headers.add(name: "Accept", value: "*/*, \(Self.mediaType), application/vnd.wap.sic")
        if let profile = carrier.deviceProfile { headers.add(name: "x-wap-profile", value: "\"\(profile)\"") }
        for header in carrier.headers {
            if let value = header.value(for: number) { headers.add(name: header.name, value: value) }
        }
        headers.add(name: "Accept-Encoding", value: "gzip, deflate")
        if method == .POST {
            headers.add(name: "Content-Type", value: Self.mediaType)
            headers.add(name: "Content-Length", value: "\(octets)")
        }
        headers.add(name: "Connection", value: "close")
        return HTTPRequestHead(version: .http1_1, method: method, uri: isProxied ? address.text : address.target, headers: headers)
    }

    private static func failure(_ error: any Error, at address: ContentAddress, limit: Int) -> MM1Failure {
        switch error {
        case let failure as MM1Failure: failure
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError: .tooLarge(limit: limit)
        case BearerSocket.NoInterface.named(let name): .temporary(Failure(.unreachable, "there is no interface \(name)"), retryAfter: nil)
        case is HTTPParserError, ChannelError.eof:
            .temporary(Failure(.unreachable, "the answer of \(address.url.host) broke off"), retryAfter: nil)
        case ChannelError.connectTimeout: .temporary(Failure(.timeout, "\(address.url.host) does not answer"), retryAfter: nil)
        default: .temporary(Failure(.unreachable, "\(address.url.host): \(type(of: error))"), retryAfter: nil)
        }
    }
}
