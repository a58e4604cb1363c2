import Console
import Exchange
import Synchronization
import Telephony

/// Every part of the house as it is now: the ledger, lines and endpoints by their own words, the machine by what is seen of it.
final class HouseVitals: Sendable {
    private let parts: @Sendable () async -> [PartHealth]
    private let state: StateDirectory
    private let extra: @Sendable () async -> [Vital]
    private let mint: Mint
    private let slow = Mutex<(vitals: [Vital], at: Instant)?>(nil)

    /// How often the machine is looked at anew where looking takes a while.
    private static let slowEvery: Duration = .seconds(60)

    /// - Parameter extra: parts that others bring.
    init(
        parts: @escaping @Sendable () async -> [PartHealth], state: StateDirectory, mint: Mint, extra: @escaping @Sendable () async -> [Vital] = { [] }
    ) {
        self.parts = parts
        self.state = state
        self.mint = mint
        self.extra = extra
    }

    @Sendable func look() async -> [Vital] {
        let parts = await parts().map { Vital($0.place, $0.health) }
        let disk = HostCheck.room(of: state.path).map { [Vital(Vital.Place(.disk), $0)] } ?? []
        return parts + disk + seldom() + (await extra())
    }

    private func seldom() -> [Vital] {
        let now = mint.now()
        if let known = slow.withLock({ $0 }), now >= known.at, now - known.at < Self.slowEvery { return known.vitals }
        let vitals = HostCheck.clock().map { Vital(Vital.Place(.clock), $0) } + [Vital(Vital.Place(.media), HostCheck.media())]
        slow.withLock { $0 = (vitals, now) }
        return vitals
    }
}

extension Vital {
    init(_ place: Vital.Place, _ finding: Finding) {
        let state: Health.State =
            switch finding.verdict {
            case .good: .working
            case .warning: .impaired
            case .bad: .down
            }
        self.init(place, Health(state, finding.sentence), advice: finding.advice)
    }
}

extension PartHealth {
    fileprivate var place: Vital.Place {
        switch kind {
        case .ledger: Vital.Place(.ledger)
        case .trunk: Vital.Place(.line, name)
        case .endpoint: Vital.Place(.endpoint, name)
        case .certificate: Vital.Place(.certificate, String(name.trimmingPrefix("certificate of ")))
        }
    }
}
