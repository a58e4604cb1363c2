import AT
import Runtime

/// Finds the place of a modem: the configured one, or by asking every candidate for its IMEI, since names change with each plugging.
public struct ModemFinder: Sendable {
    public enum NotFound: Error, Hashable, Sendable {
        /// No candidate has this IMEI; so many were asked.
        case imei(IMEI, asked: Int)
        /// The port is there, but nothing on it answers as a modem.
        case silent(SerialPlace)
    }

    /// What a modem says of itself.
    public struct Found: Equatable, Sendable {
        public let place: SerialPlace
        public let imei: IMEI
        public let manufacturer: String?
        public let model: String?
        /// What its SIM waits for; nil where it does not say.
        public var card: SIMState?
        /// The SIM's, once it is open.
        public var imsi: String?
    }

    let ports: any SerialPorts
    let clock: any MonotonicClock

    public init(ports: any SerialPorts, clock: any MonotonicClock = ContinuousClock()) {
        self.ports = ports
        self.clock = clock
    }

    /// Over this machine's serial devices.
    public static let system = ModemFinder(ports: SystemSerialPorts())

    /// The modem at the address, asked. Throws `SerialError` where its port cannot be opened, else `NotFound`.
    public func find(_ address: ModemAddress) async throws -> Found {
        switch address {
        case .place(let place):
            guard let found = try await open(place) else { throw NotFound.silent(place) }
            return found
        case .imei(let imei):
            let candidates = ports.candidates()
            guard let found = await ask(candidates).first(where: { $0.imei == imei }) else { throw NotFound.imei(imei, asked: candidates.count) }
            return found
        }
    }

    /// The place to open; one that is configured is not asked beforehand.
    func locate(_ address: ModemAddress) async throws -> SerialPlace {
        switch address {
        case .place(let place):
            return place
        case .imei(let imei):
            return try await find(.imei(imei)).place
        }
    }

    /// Every modem that answers; a modem with several ports occurs once, by the first.
    public func all() async -> [Found] {
        var found: [Found] = []
        for modem in await ask(ports.candidates()) where !found.contains(where: { $0.imei == modem.imei }) {
            found.append(modem)
        }
        return found
    }

    /// All at once, since a port where nothing answers takes its time; those that answered, in the order of the places.
    private func ask(_ places: [SerialPlace]) async -> [Found] {
        await withTaskGroup(of: (Int, Found)?.self) { group in
            for (order, place) in places.enumerated() {
                group.addTask { await ask(place).map { (order, $0) } }
            }
            var answers: [(Int, Found)] = []
            for await case let answer? in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Nil when the port cannot be opened or no modem answers there.
    public func ask(_ place: SerialPlace) async -> Found? {
        try? await open(place)
    }

    private func open(_ place: SerialPlace) async throws -> Found? {
        try await ports.withPort(at: place) { port in
            let link = ModemLink(port: port, clock: clock) { _ in }
            return await withTaskGroup(of: Found??.self) { group in
                group.addTask {
                    _ = await link.run()
                    return .none
                }
                group.addTask {
                    let found = await Self.identify(over: link, at: place)
                    await link.close()
                    return .some(found)
                }
                for await answer in group {
                    if let answer { return answer }
                }
                return nil
            }
        }
    }

    private static func identify(over link: ModemLink, at place: SerialPlace) async -> Found? {
        _ = await link.perform(.echoOff)
        guard let imei = await link.perform(.serialNumber).texts.lazy.compactMap({ IMEI($0) }).first else { return nil }
        var found = Found(
            place: place, imei: imei, manufacturer: ReportedValue.first(in: await link.perform(.manufacturer).texts),
            model: ReportedValue.first(in: await link.perform(.model).texts))
        found.card = await card(over: link)
        if found.card == .ready { found.imsi = ReportedValue.first(in: await link.perform(.subscriberIdentity).texts) }
        return found
    }

    private static func card(over link: ModemLink) async -> SIMState? {
        let reply = await link.perform(.pinState)
        if let state = reply.texts.lazy.compactMap({ SIMState(line: $0) }).first { return state }
        guard case .result(.equipment(let error)) = reply.completion else { return nil }
        return SIMState(error: error)
    }
}

extension ModemFinder.NotFound: CustomStringConvertible {
    public var description: String {
        switch self {
        case .imei(let imei, 0): "no serial device is plugged in (looking for IMEI \(imei.digits))"
        case .imei(let imei, let asked): "none of the \(asked) serial devices answers with IMEI \(imei.digits)"
        case .silent(let place): "no modem answers at \(place)"
        }
    }
}
