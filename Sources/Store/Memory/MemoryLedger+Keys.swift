import Exchange
import Telephony

extension MemoryLedger: ConsoleLedger {}

// AuditLog
extension MemoryLedger {
    public func note(_ entry: AuditEntry) throws(LedgerError) {
        try change { books throws(LedgerError) in books.keys.note(entry) }
    }

    public func auditEntries(before: Int64?, limit: Int) throws(LedgerError) -> [AuditEntry] {
        Array(books.keys.audit.reversed().lazy.filter { $0.sequence < before ?? .max }.prefix(max(0, limit)))
    }
}

// SignInBook
extension MemoryLedger {
    public func signIns(of person: PersonID) throws(LedgerError) -> [SignIn] { books.signIns(of: person) }

    public func renew(_ signIn: SignIn, replacing hash: String, until end: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.renew(signIn, replacing: hash, until: end) }
    }

    public func end(_ series: String, of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.endSignIns { $0.series == series && $0.person == person } }
    }

    public func endSignIns(of person: PersonID, but series: String?) throws(LedgerError) {
        try change { books throws(LedgerError) in _ = books.endSignIns { $0.person == person && $0.series != series } }
    }

    public func tokenUses() throws(LedgerError) -> [String: Instant] { books.keys.tokenUses }

    public func noteUse(ofToken name: String, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in if books.tokens[name] != nil { books.keys.tokenUses[name] = at } }
    }
}

// FactorBook
extension MemoryLedger {
    public func codeSecret(of person: PersonID) throws(LedgerError) -> CodeSecret? { books.keys.codeSecrets[person] }

    public func save(_ secret: CodeSecret) throws(LedgerError) {
        try change { books throws(LedgerError) in
            try books.requireAccount(of: secret.person)
            books.keys.codeSecrets[secret.person] = secret
        }
    }

    public func confirmCodes(of person: PersonID, step: Int64, recoveryCodes: [String], at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.keys.confirmCodes(of: person, step: step, recoveryCodes: recoveryCodes, at: at) }
    }

    public func useStep(_ step: Int64, of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.keys.useStep(step, of: person) }
    }

    public func removeCodes(of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.keys.removeCodes(of: person) }
    }

    public func save(recoveryCodes: [String], of person: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in
            try books.requireAccount(of: person)
            books.keys.recoveryCodes[person] = Set(recoveryCodes)
        }
    }

    public func useRecoveryCode(_ hash: String, of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.keys.recoveryCodes[person]?.remove(hash) != nil }
    }

    public func recoveryCodes(of person: PersonID) throws(LedgerError) -> Int { books.keys.recoveryCodes[person]?.count ?? 0 }

    public func passkeys(of person: PersonID) throws(LedgerError) -> [Passkey] { books.keys.passkeys.filter { $0.person == person } }

    public func passkey(_ id: [UInt8]) throws(LedgerError) -> Passkey? { books.keys.passkeys.first { $0.id == id } }

    public func add(_ passkey: Passkey) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.add(passkey) }
    }

    public func accept(_ invitation: String, as account: Account, with passkey: Passkey, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in
            try books.accept(invitation, as: account, now: now)
            try books.add(passkey)
        }
    }

    public func usePasskey(_ id: [UInt8], count: UInt32, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in
            _ = books.keys.change(id, of: nil) { passkey in
                passkey.count = max(passkey.count, count)
                passkey.usedAt = at
            }
        }
    }

    public func renamePasskey(_ id: [UInt8], of person: PersonID, to name: String) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.keys.change(id, of: person) { $0.name = name } }
    }

    public func removePasskey(_ id: [UInt8], of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.keys.removePasskey(id, of: person) }
    }
}
