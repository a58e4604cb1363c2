import HTTPStack
import NIOCore
import Runtime
import Telephony

/// Names to addresses as the bearer sees them: MMSCs are often known to the carrier's resolvers only, and its names to nobody else's.
struct BearerResolver: Sendable {
    let socket: BearerSocket
    let resolvers: [IPAddress]
    /// Where there is no interface: the machine's own.
    let system: Resolver
    let clock: any MonotonicClock
    var port = 53
    var patience = Duration.seconds(3)

    static let rounds = 2

    func addresses(of host: String) async throws(MM1Failure) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        guard !resolvers.isEmpty else {
            guard socket.context.interface == nil else {
                throw .temporary(Failure(.unreachable, "the bearer named no resolver to ask for \(host)"), retryAfter: nil)
            }
            do {
                return try await system.addresses(host)
            } catch {
                throw .temporary(Failure(.unreachable, "\(host) is not known to the name service"), retryAfter: nil)
            }
        }
        for _ in 0..<Self.rounds {
            for resolver in resolvers.prefix(3) {
                if let addresses = try await ask(resolver, for: host) { return addresses }
            }
        }
        throw .temporary(Failure(.timeout, "the carrier's resolvers do not answer for \(host)"), retryAfter: nil)
    }

    /// Nil when this one gave no usable answer.
    private func ask(_ resolver: IPAddress, for host: String) async throws(MM1Failure) -> [IPAddress]? {
        var found: [IPAddress] = []
        var isAnswered = false
        for type in types {
            switch await ask(resolver, for: host, type) {
            case .success(let addresses):
                isAnswered = true
                found += addresses
            case .failure(.noSuchName):
                throw .temporary(Failure(.unreachable, "the carrier's resolver knows no \(host)"), retryAfter: nil)
            case .failure:
                break
            }
        }
        return isAnswered && !found.isEmpty ? found : nil
    }

    private var types: [DNSMessage.RecordType] {
        switch socket.context.address?.octets.count {
        case 4: [.a]
        case 16: [.aaaa]
        default: [.a, .aaaa]
        }
    }

    private func ask(_ resolver: IPAddress, for host: String, _ type: DNSMessage.RecordType) async -> Result<[IPAddress], DNSMessage.Unusable> {
        guard let query = DNSMessage.query(id: .random(in: 0...UInt16.max), host: host, type: type) else { return .failure(.noSuchName) }
        return await withTaskGroup(of: Result<[IPAddress], DNSMessage.Unusable>.self) { [clock, patience] group in
            group.addTask { await self.exchange(query, with: resolver) }
            group.addTask {
                try? await clock.sleep(for: patience)
                return .failure(.unrelated)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(.unrelated)
        }
    }

    private func exchange(_ query: [UInt8], with resolver: IPAddress) async -> Result<[IPAddress], DNSMessage.Unusable> {
        do {
            let target = try SocketAddress(ipAddress: resolver.description, port: port)
            return try await socket.datagrams(to: resolver, port: port).executeThenClose { inbound, outbound in
                try await outbound.write(AddressedEnvelope(remoteAddress: target, data: ByteBuffer(bytes: query)))
                for try await envelope in inbound {
                    let reading = Self.read(Array(envelope.data.readableBytesView), answering: query)
                    if reading != .failure(.unrelated) { return reading }
                }
                return .failure(.unrelated)
            }
        } catch {
            return .failure(.unrelated)
        }
    }

    private static func read(_ answer: [UInt8], answering query: [UInt8]) -> Result<[IPAddress], DNSMessage.Unusable> {
        do {
            return .success(try DNSMessage.addresses(in: answer, to: query))
        } catch {
            return .failure(error)
        }
    }
}
