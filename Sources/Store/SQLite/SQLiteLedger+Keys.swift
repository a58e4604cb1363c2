import Exchange
import Telephony

extension SQLiteLedger: ConsoleLedger {}

// AuditLog
extension SQLiteLedger {
    public func note(_ entry: AuditEntry) async throws(LedgerError) { try await write { try $0.note(entry) } }

    public func auditEntries(before: Int64?, limit: Int) async throws(LedgerError) -> [AuditEntry] {
        try await read { try $0.auditEntries(before: before, limit: limit) }
    }
}

// SignInBook
extension SQLiteLedger {
    public func signIns(of person: PersonID) async throws(LedgerError) -> [SignIn] { try await read { try $0.signIns(of: person) } }

    public func renew(_ signIn: SignIn, replacing hash: String, until end: Instant) async throws(LedgerError) {
        try await write { try $0.renew(signIn, replacing: hash, until: end) }
    }

    public func end(_ series: String, of person: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.end(series, of: person) }
    }

    public func endSignIns(of person: PersonID, but series: String?) async throws(LedgerError) {
        try await write { try $0.endSignIns(of: person, but: series) }
    }

    public func tokenUses() async throws(LedgerError) -> [String: Instant] { try await read { try $0.tokenUses() } }

    public func noteUse(ofToken name: String, at: Instant) async throws(LedgerError) {
        try await write { try $0.noteUse(ofToken: name, at: at) }
    }
}

// FactorBook
extension SQLiteLedger {
    public func codeSecret(of person: PersonID) async throws(LedgerError) -> CodeSecret? { try await read { try $0.codeSecret(of: person) } }

    public func save(_ secret: CodeSecret) async throws(LedgerError) { try await write { try $0.save(secret) } }

    public func confirmCodes(of person: PersonID, step: Int64, recoveryCodes: [String], at: Instant) async throws(LedgerError) {
        try await write { try $0.confirmCodes(of: person, step: step, recoveryCodes: recoveryCodes, at: at) }
    }

    public func useStep(_ step: Int64, of person: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.useStep(step, of: person) }
    }

    public func removeCodes(of person: PersonID) async throws(LedgerError) -> Bool { try await write { try $0.removeCodes(of: person) } }

    public func save(recoveryCodes: [String], of person: PersonID) async throws(LedgerError) {
        try await write { try $0.save(recoveryCodes: recoveryCodes, of: person) }
    }

    public func useRecoveryCode(_ hash: String, of person: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.useRecoveryCode(hash, of: person) }
    }

    public func recoveryCodes(of person: PersonID) async throws(LedgerError) -> Int { try await read { try $0.recoveryCodes(of: person) } }

    public func passkeys(of person: PersonID) async throws(LedgerError) -> [Passkey] { try await read { try $0.passkeys(of: person) } }

    public func passkey(_ id: [UInt8]) async throws(LedgerError) -> Passkey? { try await read { try $0.passkey(id) } }

    public func add(_ passkey: Passkey) async throws(LedgerError) { try await write { try $0.add(passkey) } }

    public func accept(_ invitation: String, as account: Account, with passkey: Passkey, now: Instant) async throws(LedgerError) {
        try await write { try $0.accept(invitation, as: account, with: passkey, now: now) }
    }

    public func usePasskey(_ id: [UInt8], count: UInt32, at: Instant) async throws(LedgerError) {
        try await write { try $0.usePasskey(id, count: count, at: at) }
    }

    public func renamePasskey(_ id: [UInt8], of person: PersonID, to name: String) async throws(LedgerError) -> Bool {
        try await write { try $0.renamePasskey(id, of: person, to: name) }
    }

    public func removePasskey(_ id: [UInt8], of person: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.removePasskey(id, of: person) }
    }
}
