import Exchange
import Telephony

extension MemoryLedger: DeviceBook {
    public func deviceRecords(of person: PersonID) throws(LedgerError) -> [DeviceRecord] { books.deviceRecords(of: person) }

    public func appPasswords(of person: PersonID) throws(LedgerError) -> [AppPassword] { books.appPasswords(of: person) }

    public func save(_ password: AppPassword, link: ProvisioningLink?, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(password, link: link, now: now) }
    }

    public func remove(_ password: AppPassword.ID, now: Instant) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.remove(password, now: now) }
    }

    public func provisioningLink(_ hash: String, from source: String, now: Instant) throws(LedgerError) -> RuledLink? {
        books.provisioningLink(hash, from: source, now: now)
    }

    public func take(_ hash: String, from source: String, now: Instant) throws(LedgerError) -> RuledLink? {
        try change { books throws(LedgerError) in books.take(hash, from: source, now: now) }
    }
}
