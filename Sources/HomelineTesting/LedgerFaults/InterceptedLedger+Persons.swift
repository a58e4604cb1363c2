import Exchange
import Telephony

// PersonLedger
extension InterceptedLedger {
    public func save(_ person: Person) async throws(LedgerError) {
        try await interceptor.around(.savePerson) { ledger throws(LedgerError) in try await ledger.save(person) }
    }

    public func change(linesOf person: PersonID, to lines: [LineID]) async throws(LedgerError) {
        try await interceptor.around(.changeLines) { ledger throws(LedgerError) in try await ledger.change(linesOf: person, to: lines) }
    }

    public func change(credentialsOf person: PersonID, to credentials: SIPCredentials) async throws(LedgerError) {
        try await interceptor.around(.changeCredentials) { ledger throws(LedgerError) in try await ledger.change(credentialsOf: person, to: credentials) }
    }

    public func remove(_ person: PersonID, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.removePerson) { ledger throws(LedgerError) in try await ledger.remove(person, now: now) }
    }

    public func persons() async throws(LedgerError) -> [Person] {
        try await interceptor.around(.persons) { ledger throws(LedgerError) in try await ledger.persons() }
    }

    public func subscribers(_ selection: SubscriberSelection) async throws(LedgerError) -> [Subscriber] {
        try await interceptor.around(.subscribers) { ledger throws(LedgerError) in try await ledger.subscribers(selection) }
    }

    public func save(_ binding: Binding) async throws(LedgerError) {
        try await interceptor.around(.saveBinding) { ledger throws(LedgerError) in try await ledger.save(binding) }
    }

    public func unregister(_ person: PersonID, _ device: DeviceID) async throws(LedgerError) {
        try await interceptor.around(.unregister) { ledger throws(LedgerError) in try await ledger.unregister(person, device) }
    }

    public func bindings(now: Instant) async throws(LedgerError) -> [Binding] {
        try await interceptor.around(.bindings) { ledger throws(LedgerError) in try await ledger.bindings(now: now) }
    }

    public func devices(of person: PersonID) async throws(LedgerError) -> [DeviceID] {
        try await interceptor.around(.devices) { ledger throws(LedgerError) in try await ledger.devices(of: person) }
    }

    public func deviceRecords(of person: PersonID) async throws(LedgerError) -> [DeviceRecord] {
        try await interceptor.around(.deviceRecords) { ledger throws(LedgerError) in try await ledger.deviceRecords(of: person) }
    }

    public func forget(_ person: PersonID, _ device: DeviceID, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.forget) { ledger throws(LedgerError) in try await ledger.forget(person, device, now: now) }
    }

    public func save(_ token: Token) async throws(LedgerError) {
        try await interceptor.around(.saveToken) { ledger throws(LedgerError) in try await ledger.save(token) }
    }

    public func removeToken(named name: String) async throws(LedgerError) -> Bool {
        try await interceptor.around(.removeToken) { ledger throws(LedgerError) in try await ledger.removeToken(named: name) }
    }

    public func tokens() async throws(LedgerError) -> [Token] {
        try await interceptor.around(.tokens) { ledger throws(LedgerError) in try await ledger.tokens() }
    }

    public func directoryVersion() async throws(LedgerError) -> Int64 {
        try await interceptor.around(.directoryVersion) { ledger throws(LedgerError) in try await ledger.directoryVersion() }
    }
}
