import Carriers
import Console
import Runtime
import TrunkModem

/// This machine's serial devices and networks.
public struct MachineSurroundings: Surroundings {
    public init() {}

    public func modems(at place: String?) async -> [FoundModem] {
        let finder = ModemFinder.system
        let found: [ModemFinder.Found]
        if let place {
            guard let place = SerialPlace(place) else { return [] }
            found = [await finder.ask(place)].compactMap(\.self)
        } else {
            found = await finder.all()
        }
        return found.map(FoundModem.init)
    }

    public func routers(at url: String?) async -> [FoundRouter] {
        let interfaces = NetworkInterface.all()
        let urls = url.map { [$0] } ?? RouterSearch.candidates(gateways: RouterSearch.gateways(), interfaces: interfaces).map { "http://\($0)" }
        return await withTaskGroup(of: (Int, FoundRouter)?.self) { group in
            for (order, url) in urls.enumerated() {
                group.addTask { await RouterSearch.ask(url).map { (order, $0) } }
            }
            var answers: [(Int, FoundRouter)] = []
            for await case let answer? in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    public func addresses() -> [String] {
        let gateways = RouterSearch.gateways()
        let interfaces = NetworkInterface.all()
        // The network that leads further is the one that the phones are in.
        let ordered = interfaces.filter { interface in gateways.contains { interface.holds($0) } } + interfaces
        var addresses: [String] = []
        for address in ordered.map(\.address.description) where !addresses.contains(address) { addresses.append(address) }
        return addresses
    }

    public func accessPoints(imsi: String) -> [String] {
        let profiles = (try? ProviderFile().profiles(of: NetworkCode.candidates(imsi: imsi))) ?? []
        var names: [String] = []
        for profile in profiles where !profile.apn.isEmpty && !names.contains(profile.apn) { names.append(profile.apn) }
        return Array(names.prefix(10))
    }

    public func freePort(_ wanted: Int) async -> Int {
        for port in wanted..<min(wanted + 20, 65_536) where await PortCheck.isFree(port) { return port }
        return wanted
    }
}

extension FoundModem {
    init(_ modem: ModemFinder.Found) {
        let name = [modem.manufacturer, modem.model].compactMap(\.self).joined(separator: " ")
        let card: Card =
            switch modem.card {
            case .ready, .pin2, .puk2: .ready
            case .pin: .wantsPIN
            case .puk, .locked, .failed: .blocked
            case .absent: .absent
            case .busy, .other, nil: .unknown
            }
        self.init(name: name.isEmpty ? "A modem" : name, place: "\(modem.place)", imei: modem.imei.digits, card: card, imsi: modem.imsi)
    }
}
