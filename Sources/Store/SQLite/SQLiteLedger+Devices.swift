import Exchange
import Telephony

extension SQLiteLedger: DeviceBook {
    public func deviceRecords(of person: PersonID) async throws(LedgerError) -> [DeviceRecord] { try await read { try $0.deviceRecords(of: person) } }

    public func appPasswords(of person: PersonID) async throws(LedgerError) -> [AppPassword] { try await read { try $0.appPasswords(of: person) } }

    public func save(_ password: AppPassword, link: ProvisioningLink?, now: Instant) async throws(LedgerError) {
        try await write { try $0.save(password, link: link, now: now) }
    }

    public func remove(_ password: AppPassword.ID, now: Instant) async throws(LedgerError) -> Bool {
        try await write { try $0.remove(password, now: now) }
    }

    public func provisioningLink(_ hash: String, from source: String, now: Instant) async throws(LedgerError) -> RuledLink? {
        try await read { try $0.provisioningLink(hash, from: source, now: now) }
    }

    public func take(_ hash: String, from source: String, now: Instant) async throws(LedgerError) -> RuledLink? {
        try await write { try $0.take(hash, from: source, now: now) }
    }
}
