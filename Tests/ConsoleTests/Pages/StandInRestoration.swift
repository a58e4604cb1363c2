import Console
import Synchronization
import Telephony

/// Takes whatever comes, and restores it where the passphrase is right.
final class StandInRestoration: Restoration {
    static let passphrase = "Sésame, öffne dich"

    private struct State {
        var file: [UInt8]?
        var refusal: RestoreRefusal?
        var places: [String] = []
        var house = RestoredHouse(madeAt: Instant(seconds: 0), messages: 7, files: 2)
    }

    private let state = Mutex(State())

    /// What waits for its passphrase.
    var file: [UInt8]? { state.withLock { $0.file } }
    /// Where it was asked to restore from, each time that it did.
    var places: [String] { state.withLock { $0.places } }

    func refuse(_ refusal: RestoreRefusal?) { state.withLock { $0.refusal = refusal } }
    func be(_ house: RestoredHouse) { state.withLock { $0.house = house } }

    var waiting: Int? { file?.count }

    func receive(_ octets: Int?) throws(RestoreRefusal) -> any IncomingBackup {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        return Incoming { octets in self.state.withLock { $0.file = octets } }
    }

    func restore(passphrase: String, askedFrom place: String) async throws(RestoreRefusal) -> RestoredHouse {
        guard passphrase == Self.passphrase else { throw .wrongPassphrase }
        return state.withLock { state in
            state.places.append(place)
            return state.house
        }
    }

    private actor Incoming: IncomingBackup {
        private var octets: [UInt8] = []
        private let whole: @Sendable ([UInt8]) -> Void

        init(_ whole: @escaping @Sendable ([UInt8]) -> Void) { self.whole = whole }

        func take(_ octets: [UInt8]) { self.octets += octets }
        func keep() { whole(octets) }
    }
}
