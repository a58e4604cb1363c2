import AT
import Runtime

/// Finds the place of a modem: the configured one, or by asking every candidate for its IMEI, since names change with each plugging.
struct ModemFinder: Sendable {
    struct NotFound: Error, CustomStringConvertible {
        let imei: IMEI
        let asked: Int

        var description: String {
            asked == 0 ? "no serial device is plugged in" : "none of the \(asked) serial devices has the IMEI \(imei.digits)"
        }
    }

    /// What a modem says of itself.
    struct Found: Sendable {
        let place: SerialPlace
        let imei: IMEI
        let manufacturer: String?
        let model: String?
    }

    let ports: any SerialPorts
    let clock: any MonotonicClock

    func locate(_ address: ModemAddress) async throws -> SerialPlace {
        switch address {
        case .place(let place):
            return place
        case .imei(let imei):
            let candidates = ports.candidates()
            for place in candidates where await ask(place)?.imei == imei { return place }
            throw NotFound(imei: imei, asked: candidates.count)
        }
    }

    /// Every modem that answers; a modem with several ports occurs once, by the first.
    func all() async -> [Found] {
        var found: [Found] = []
        for place in ports.candidates() {
            guard let modem = await ask(place), !found.contains(where: { $0.imei == modem.imei }) else { continue }
            found.append(modem)
        }
        return found
    }

    /// Nil when the port cannot be opened or no modem answers there.
    func ask(_ place: SerialPlace) async -> Found? {
        try? await ports.withPort(at: place) { port in
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
        return Found(
            place: place, imei: imei, manufacturer: ReportedValue.first(in: await link.perform(.manufacturer).texts),
            model: ReportedValue.first(in: await link.perform(.model).texts))
    }
}
