import Exchange
import Synchronization
import Telephony

/// Persons and their live bindings, held in memory because every request asks for them. The ledger stays the truth: a new binding is
/// durable before it is shown here.
final class Directory: Sendable {
    private struct State {
        var version: Int64 = -1
        /// When the ledger was last asked for a newer version, out of turn.
        var askedAt = Instant(milliseconds: 0)
        var persons: [PersonID: Person] = [:]
        var bindings: [PersonID: [DeviceID: Binding]] = [:]
        /// Refreshed, not yet written. A phone over UDP does not learn that the longer expiry was lost: written within a second, and again until it is.
        var unwritten: Set<BindingKey> = []
        /// Devices for which nothing waits that a registration would have to fetch. All others may be waited for.
        var served: Set<BindingKey> = []
        /// When those that registered since the start did so: it shows whether the clock was set since.
        var registered: [BindingKey: StepWatch] = [:]
        /// Registrations that the clock was set over, until somebody asks.
        var moved: [Binding] = []
    }

    private struct BindingKey: Hashable {
        let person: PersonID
        let device: DeviceID
    }

    private let ledger: any Ledger
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    init(ledger: any Ledger, uptime: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.ledger = ledger
        self.uptime = uptime
    }

    /// Reads the persons, and the registrations that survived the restart, which it returns.
    func load(now: Instant) async throws(LedgerError) -> [Binding] {
        let bindings = try await ledger.bindings(now: now)
        state.withLock { state in
            for binding in bindings { state.bindings[binding.person, default: [:]][binding.device] = binding }
        }
        try await refresh(now: now)
        return bindings
    }

    /// Takes over changes of persons, also those another process made; writes refreshed expiries; drops what has expired.
    func refresh(now: Instant) async throws(LedgerError) {
        followClock(now)
        let version = try await ledger.directoryVersion()
        if version != state.withLock({ $0.version }) { try await read(version, now: now) }
        let due = state.withLock { state in
            for (person, devices) in state.bindings {
                state.bindings[person] = devices.filter { $0.value.expiresAt > now }
            }
            defer { state.unwritten = [] }
            return state.unwritten
        }
        do {
            for key in due {
                // As it is now: while the one before it was written it can have been given up, or come from elsewhere.
                guard let binding = binding(key.person, key.device, now: now) else { continue }
                try await ledger.save(binding)
            }
        } catch {
            state.withLock { $0.unwritten.formUnion(due) }
            throw error
        }
    }

    /// A clock that is set makes no registration shorter or longer: the apps go by their own. Those of before the start were made by a clock that
    /// may have been right, as it mostly is but at the start.
    private func followClock(_ now: Instant) {
        state.withLock { state in
            let found = StepWatch(wall: now, uptime: uptime())
            for (key, watch) in state.registered {
                guard let binding = state.bindings[key.person]?[key.device] else {
                    state.registered[key] = nil
                    continue
                }
                guard let step = watch.step(to: found) else { continue }
                let moved = binding.moved(by: step)
                state.bindings[key.person]?[key.device] = moved
                state.registered[key] = found
                state.unwritten.insert(key)
                state.moved.append(moved)
            }
        }
    }

    /// Registrations that for a moment seemed to be over, because the clock was set; each is told once.
    func takeMoved() -> [Binding] {
        state.withLock { state in
            defer { state.moved = [] }
            return state.moved
        }
    }

    /// Those that could not be seen to are told again.
    func takeBack(_ moved: [Binding]) {
        state.withLock { $0.moved = moved + $0.moved }
    }

    private func read(_ version: Int64, now: Instant) async throws(LedgerError) {
        // Those made after this are not looked for: they may be too new for what is read now.
        let before = state.withLock(\.bindings)
        let persons = Dictionary(try await ledger.persons().map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let known = Dictionary(try await ledger.subscribers(.all).map { ($0.person, Set($0.devices)) }, uniquingKeysWith: { $1 })
        let ended = state.withLock { state -> [Binding] in
            // Somebody who asked later was answered sooner.
            guard version > state.version else { return [] }
            let ended = state.bindings.values.flatMap(\.values).filter { Self.isOfOldPassword($0, state.persons[$0.person], persons[$0.person]) }
            state.version = version
            state.persons = persons
            state.bindings = state.bindings.filter { state.persons[$0.key] != nil }
            for (person, devices) in before {
                for (device, binding) in devices where known[person]?.contains(device) != true && state.bindings[person]?[device] == binding {
                    state.bindings[person]?[device] = nil
                }
            }
            for binding in ended { state.bindings[binding.person]?[binding.device] = nil }
            return ended
        }
        for binding in ended where self.binding(binding.person, binding.device, now: now) == nil {
            try await ledger.unregister(binding.person, binding.device)
        }
    }

    /// Who changes the one password of all their apps shuts out those that have the old one: also one that has just registered by it, for a day.
    private static func isOfOldPassword(_ binding: Binding, _ held: Person?, _ person: Person?) -> Bool {
        guard let held, let person else { return false }
        return binding.password == nil && held.credentials != person.credentials
    }

    /// Whether persons have changed since they were read last; they are then read anew. Asked where somebody is not who they say, so it looks no
    /// oftener than strangers may make it.
    func hasNews(now: Instant) async -> Bool {
        let version = state.withLock { state -> Int64? in
            guard now >= state.askedAt + Self.newsInterval || now < state.askedAt else { return nil }
            state.askedAt = now
            return state.version
        }
        guard let version, let current = try? await ledger.directoryVersion(), current != version else { return false }
        return (try? await refresh(now: now)) != nil
    }

    private static let newsInterval: Duration = .milliseconds(50)

    func person(_ id: PersonID) -> Person? {
        state.withLock { $0.persons[id] }
    }

    func binding(_ person: PersonID, _ device: DeviceID, now: Instant) -> Binding? {
        state.withLock { $0.bindings[person]?[device] }.flatMap { $0.expiresAt > now ? $0 : nil }
    }

    /// Live bindings of a person, the oldest first.
    func bindings(of person: PersonID, now: Instant) -> [Binding] {
        state.withLock { Array($0.bindings[person, default: [:]].values) }
            .filter { $0.expiresAt > now }
            .sorted { $0.registeredAt < $1.registeredAt }
    }

    /// How long the last of the registrations that came by this flow goes on; several persons may share one.
    func timeLeft(over flow: String, now: Instant) -> Duration {
        state.withLock { state in
            var end = now
            for devices in state.bindings.values {
                for binding in devices.values where binding.flow == flow { end = max(end, binding.expiresAt) }
            }
            return end - now
        }
    }

    func registeredDevices(now: Instant) -> Int {
        state.withLock { $0.bindings.values.reduce(0) { $0 + $1.values.count { $0.expiresAt > now } } }
    }

    /// Nothing waits for the device but what is being tried.
    func noteServed(_ person: PersonID, _ device: DeviceID) {
        state.withLock { _ = $0.served.insert(BindingKey(person: person, device: device)) }
    }

    /// Something was put off for the device, or for whichever of the person registers first.
    func noteWaiting(_ person: PersonID, _ device: DeviceID?) {
        state.withLock { state in state.served = state.served.filter { $0.person != person || (device != nil && $0.device != device) } }
    }

    func isServed(_ person: PersonID, _ device: DeviceID) -> Bool {
        state.withLock { $0.served.contains(BindingKey(person: person, device: device)) }
    }

    /// Makes the changes durable, then visible. A mere refresh of the same contact over the same flow is written later.
    nonisolated(nonsending) func apply(_ changes: [Registration.Change], to person: PersonID, now: Instant) async throws(LedgerError) {
        let watch = StepWatch(wall: now, uptime: uptime())
        for change in changes {
            switch change {
            case .save(let binding):
                let held = self.binding(person, binding.device, now: now)
                let isRefresh =
                    held?.contact == binding.contact && held?.flow == binding.flow && held?.path == binding.path && held?.password == binding.password
                if !isRefresh { try await ledger.save(binding) }
                state.withLock { state in
                    state.bindings[person, default: [:]][binding.device] = binding
                    state.registered[BindingKey(person: person, device: binding.device)] = watch
                    if isRefresh { state.unwritten.insert(BindingKey(person: person, device: binding.device)) }
                }
            case .remove(let device):
                noteWaiting(person, device)
                try await ledger.unregister(person, device)
                drop(device, of: person)
            case .forget(let device):
                try await ledger.forget(person, device, now: now)
                drop(device, of: person)
            }
        }
    }

    private func drop(_ device: DeviceID, of person: PersonID) {
        state.withLock { state in
            state.bindings[person]?[device] = nil
            state.registered[BindingKey(person: person, device: device)] = nil
        }
    }
}
