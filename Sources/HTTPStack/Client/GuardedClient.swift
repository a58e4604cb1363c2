import AsyncHTTPClient
import Certificates
import Exchange
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Telephony

/// The one HTTP client that calls out. It resolves a name once, refuses addresses that are not on the open internet unless the
/// settings allow the host by name, and connects to exactly the addresses it checked.
public actor GuardedClient: WebClient {
    /// One host at one checked address; connections are kept within.
    private struct Lane: Hashable {
        let host: String
        let address: IPAddress
    }

    private struct Pool {
        let client: HTTPClient
        var inFlight = 0
        var usedAt = ContinuousClock.now
    }

    static let poolLimit = 32
    static let resolutionLimit = 256
    static let connectTime: Duration = .seconds(10)
    static let drainLimit = 16 * 1024
    static let drainTime: Duration = .seconds(1)
    /// How long a checked address is used before the name is resolved again.
    static let resolutionLifetime: Duration = .seconds(60)

    private let policy: ClientPolicy
    private let resolver: Resolver
    private let authorities: [String]
    private var pools: [Lane: Pool] = [:]
    private var resolutions: [String: (addresses: [IPAddress], until: ContinuousClock.Instant)] = [:]

    /// `authorities` are PEM files of roots that are trusted beside the system's: for servers of one's own.
    public init(policy: ClientPolicy, resolver: Resolver = .system, authorities: [String] = []) {
        self.authorities = authorities
        self.policy = policy
        self.resolver = resolver
    }

    public func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        let deadline = ContinuousClock.now + request.timeout
        var url = request.url
        var redirectsLeft = request.redirects
        while true {
            let answer = try await attempt(request, at: url, until: deadline)
            guard redirectsLeft > 0, request.method == .get, [301, 302, 303, 307, 308].contains(answer.status),
                let location = answer.header("location")
            else { return answer }
            guard let next = url.redirected(to: location), url.scheme == .http || next.scheme == .https else {
                throw Failure(.refused, "\(url.host) redirects to where we may not go")
            }
            redirectsLeft -= 1
            url = next
        }
    }

    /// Ends all connections; for the end of the process.
    public func close() async {
        let clients = pools.values.map(\.client)
        pools = [:]
        for client in clients { try? await client.shutdown() }
    }

    private func attempt(
        _ request: OutgoingRequest, at url: WebURL, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> OutgoingAnswer {
        if let refusal = policy.refusal(of: url) { throw refusal }
        var failure = Failure(.unreachable, url.host)
        for address in try await addresses(of: url.host, until: deadline) {
            let met: Met
            do throws(Failure) {
                met = try await call(request, url, at: address, until: deadline)
            } catch {
                setBack(address, of: url.host)
                throw error
            }
            switch met {
            case .answer(let answer): return answer
            case .withheld(let why): throw why
            case .nobody(let why):
                setBack(address, of: url.host)
                failure = why
                guard Self.mayGoOn(request, left: deadline - .now) else { throw why }
            }
        }
        throw failure
    }

    /// Whether there is time for another address. What is costly is not begun where its time would end before that of the connection: nobody
    /// could tell then whether it has left.
    static func mayGoOn(_ request: OutgoingRequest, left: Duration) -> Bool {
        request.repetition == .harmless || left >= min(connectTime, request.timeout / 2)
    }

    /// What came of a call to one address where no octet of the request was lost.
    private enum Met: Sendable {
        case answer(OutgoingAnswer)
        /// Somebody is there, and nothing of the request was given to them.
        case withheld(Failure)
        /// Another address may be tried.
        case nobody(Failure)
    }

    private func call(
        _ request: OutgoingRequest, _ url: WebURL, at address: IPAddress, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> Met {
        let lane = Lane(host: url.host, address: address)
        let client = try await enter(lane)
        defer { pools[lane]?.inFlight -= 1 }
        let isCostly = request.repetition == .costly
        do {
            return try await within(deadline, of: url.host) {
                do {
                    return .answer(try await Self.exchange(request, url, client))
                } catch where Self.isNobodyThere(error) {
                    return .nobody(isCostly ? Failure(.unreachable, url.host) : Self.failure(for: error, of: url.host))
                } catch where isCostly && Self.isBeforeSending(error) {
                    return .withheld(Failure(.unreachable, url.host))
                }
            }
        } catch {
            throw isCostly ? Failure(.lostAnswer, error.detail) : error
        }
    }

    /// The other address comes first the next time.
    private func setBack(_ address: IPAddress, of host: String) {
        guard let known = resolutions[host], known.addresses.first == address else { return }
        resolutions[host]?.addresses = known.addresses.dropFirst() + [address]
    }

    private func addresses(of host: String, until deadline: ContinuousClock.Instant) async throws(Failure) -> [IPAddress] {
        if let known = resolutions[host], known.until > .now { return known.addresses }
        let resolver = resolver
        // An address in numbers must not queue behind names that nobody answers for while the internet is away.
        let addresses = if let literal = IPAddress(host) { [literal] } else { try await within(deadline, of: host) { try await resolver.addresses(host) } }
        let chosen = policy.choose(among: addresses, for: host)
        guard !chosen.isEmpty else {
            throw addresses.isEmpty
                ? Failure(.unreachable, "\(host) has no address")
                : Failure(.refused, "\(host) is a private address and the settings do not allow it")
        }
        if resolutions.count >= Self.resolutionLimit { resolutions = resolutions.filter { $0.value.until > .now } }
        if resolutions.count >= Self.resolutionLimit { resolutions = [:] }
        resolutions[host] = (chosen, .now + Self.resolutionLifetime)
        return chosen
    }

    /// The lane's client, counted as in use.
    private func enter(_ lane: Lane) async throws(Failure) -> HTTPClient {
        if pools[lane] == nil {
            if pools.count >= Self.poolLimit {
                guard let idle = pools.filter({ $0.value.inFlight == 0 }).min(by: { $0.value.usedAt < $1.value.usedAt }) else {
                    throw Failure(.unreachable, "too many servers are being called at once")
                }
                pools[idle.key] = nil
                try? await idle.value.client.shutdown()
            }
        }
        var pool = pools[lane] ?? Pool(client: Self.client(for: lane, authorities))
        pool.inFlight += 1
        pool.usedAt = .now
        pools[lane] = pool
        return pool.client
    }

    private static func client(for lane: Lane, _ authorities: [String]) -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.dnsOverride = [lane.host: lane.address.description]
        var tls = TLSConfiguration.client
        tls.additionalTrustRoots = authorities.map { .file($0) }
        configuration.tlsConfiguration = tls
        configuration.timeout.connect = TimeAmount(connectTime)
        configuration.connectionPool.retryConnectionEstablishment = false
        // Servers close what is idle after five seconds, many of them: a request must not meet that.
        configuration.connectionPool.idleTimeout = .seconds(4)
        configuration.httpVersion = .http1Only
        // Nobody collects its spans, and making them is work with every request.
        configuration.tracing.tracer = nil
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private static func exchange(_ request: OutgoingRequest, _ url: WebURL, _ client: HTTPClient) async throws -> OutgoingAnswer {
        var outgoing = HTTPClientRequest(url: url.description)
        outgoing.method = .RAW(value: request.method.rawValue)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(request.body) }
        let answer = try await client.execute(outgoing, timeout: TimeAmount(request.timeout))
        let headers = answer.headers.map { (name: $0.name, value: $0.value) }
        switch request.answerBody {
        case .whole(let limit):
            let body = try await answer.body.collect(upTo: limit)
            return OutgoingAnswer(status: Int(answer.status.code), headers: headers, body: Array(body.readableBytesView))
        case .pieces(let limit, let take) where answer.status == .ok:
            var count = 0
            for try await buffer in answer.body {
                count += buffer.readableBytes
                guard count <= limit else { throw NIOTooManyBytesError(maxBytes: limit) }
                try await take(Array(buffer.readableBytesView))
            }
            return OutgoingAnswer(status: 200, headers: headers)
        case .none, .pieces:
            await drain(answer.body)
            return OutgoingAnswer(status: Int(answer.status.code), headers: headers)
        }
    }

    /// Takes a body that nobody wants off the wire, as long as it is short and comes at once; else its connection is closed.
    private static func drain(_ body: HTTPClientResponse.Body) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await body.collect(upTo: drainLimit) }
            group.addTask { try? await Task.sleep(for: drainTime) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Runs `work` unless the deadline comes first, and says what went wrong as a failure.
    private func within<Value: Sendable>(
        _ deadline: ContinuousClock.Instant, of host: String, _ work: @escaping @Sendable () async throws -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await withThrowingTaskGroup(of: Value.self) { group in
                group.addTask { try await work() }
                group.addTask {
                    try await Task.sleep(until: deadline)
                    throw Failure(.timeout, host)
                }
                defer { group.cancelAll() }
                guard let value = try await group.next() else { throw CancellationError() }
                return value
            }
        } catch {
            throw Self.failure(for: error, of: host)
        }
    }
}
