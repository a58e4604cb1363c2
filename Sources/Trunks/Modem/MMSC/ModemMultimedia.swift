import Carriers
import Exchange
import HTTPStack
import Logging
import NIOCore
import NIOPosix
import Runtime
import Telephony

/// Multimedia messages of a line: the carrier's profile, its bearer and its MMSC put together.
public struct ModemMultimedia: MultimediaTrunk {
    let settings: MultimediaSettings
    let directory: CarrierDirectory
    let access: ModemAccess
    let bearer: SharedBearer
    let clock: any MonotonicClock
    let now: @Sendable () -> Instant
    let logger: Logger

    init(_ settings: MultimediaSettings, access: ModemAccess, environment: ModemEnvironment) {
        self.init(
            settings: settings, directory: environment.carriers, access: access,
            bearer: ChosenBearer(settings: settings.bearer, access: access, programs: environment.programs), clock: environment.clock,
            now: environment.now, logger: environment.logger)
    }

    init(
        settings: MultimediaSettings, directory: CarrierDirectory, access: ModemAccess, bearer: any Bearer, clock: any MonotonicClock,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.settings = settings
        self.directory = directory
        self.access = access
        self.bearer = SharedBearer(bearer, idle: settings.bearer.idle, patience: Self.patience, clock: clock)
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    /// How long bringing up a data context may take; a network in trouble takes a minute.
    static let patience = Duration.seconds(90)

    /// The modem went away, and its data context with it.
    func modemIsGone() async { await bearer.invalidate() }

    /// For the end of service.
    func close() async { await bearer.close() }

    public var limits: MultimediaLimits {
        get async { (try? carrier().limits) ?? .cautious }
    }

    public func retrieve(_ announcement: Announcement) async -> RetrievalOutcome {
        do {
            let octets = try await withClient { client throws(MM1Failure) in try await client.fetch(announcement.location) }
            let answer = RetrieveAnswer(octets)
            // Told that we have it, the carrier would forget the rest. Of the announced size it is how its sender wrote it.
            guard answer.isCut, octets.count < announcement.size else { return answer.outcome }
            return .deferred(Failure(.unreachable, "the message centre's answer breaks off"), until: nil)
        } catch {
            logger.info("a picture message could not be fetched", metadata: ["why": "\(error.failure.sentence)"])
            return error.retrievalOutcome(now: now())
        }
    }

    public func acknowledge(_ announcement: Announcement, _ acknowledgement: RetrievalAcknowledgement) async -> Failure? {
        let pdu = AcknowledgementPDU.octets(acknowledgement, transaction: announcement.transaction)
        do {
            _ = try await withClient { client throws(MM1Failure) in
                let target = client.carrier.acknowledgeTo == .contentLocation ? announcement.location : client.carrier.mmsc ?? ""
                return try await client.post(pdu, to: target)
            }
            return nil
        } catch {
            return error.failure
        }
    }

    /// Posts a PDU to the MMSC and gives its answer back, an M-Send.conf for an M-Send.req.
    ///
    /// `willSend` is awaited when everything stands and before the first octet leaves; what it throws is thrown on, and nothing has left.
    func post(
        _ pdu: [UInt8], willSend: @escaping @Sendable () async throws(MM1Failure) -> Void = {}
    ) async throws(MM1Failure) -> [UInt8] {
        try await withClient { client throws(MM1Failure) in
            try await client.post(pdu, to: client.carrier.mmsc ?? "", willSend: willSend)
        }
    }

    /// The carrier by the SIM and the settings. Throws what the owner must mend.
    func carrier() throws(MM1Failure) -> CarrierProfile {
        do {
            return try directory.profile(imsi: access.facts.imsi, settings: settings.carrier)
        } catch {
            throw .temporary(Failure(.unreachable, error.description), retryAfter: nil)
        }
    }

    private func withClient(
        _ body: @escaping @Sendable (MM1Client) async throws(MM1Failure) -> [UInt8]
    ) async throws(MM1Failure) -> [UInt8] {
        let carrier = try carrier()
        let result: Result<[UInt8], MM1Failure>
        do {
            result = try await bearer.use(carrier) { context in
                await Result.of { () throws(MM1Failure) in try await body(client(carrier, over: context)) }
            }
        } catch {
            throw .temporary(error.failure, retryAfter: nil)
        }
        if case .failure(.temporary) = result { await bearer.suspect() }
        return try result.get()
    }

    private func client(_ carrier: CarrierProfile, over context: BearerContext) -> MM1Client {
        let socket = BearerSocket(context: context, group: MultiThreadedEventLoopGroup.singleton)
        let told = settings.bearer.resolvers.isEmpty ? context.resolvers : settings.bearer.resolvers
        let listed = context.interface == nil ? [] : carrier.resolvers.compactMap { IPAddress($0) }
        return MM1Client(
            carrier: carrier, number: access.facts.number, context: context, named: named(by: carrier),
            resolver: BearerResolver(socket: socket, resolvers: told.isEmpty ? listed : told, system: .system, clock: clock), clock: clock)
    }

    /// What the profile and the settings name.
    private func named(by carrier: CarrierProfile) -> [AddressPolicy.NamedHost] {
        var named = settings.bearer.hosts.map { AddressPolicy.NamedHost(host: $0) }
        if let mmsc = carrier.mmsc.flatMap({ ContentAddress($0) }) { named.append(.init(host: mmsc.url.host, port: mmsc.url.port)) }
        if let proxy = carrier.proxy { named.append(.init(host: proxy.host, port: proxy.port)) }
        return named
    }
}

extension MM1Failure {
    func retrievalOutcome(now: Instant) -> RetrievalOutcome {
        switch self {
        case .gone(let failure): .gone(failure)
        case .temporary(let failure, let wait): .deferred(failure, until: wait.map { now + $0 })
        case .lost(let failure): .deferred(failure, until: nil)
        case .permanent, .tooLarge, .refusedAddress: .failed(failure)
        }
    }
}
