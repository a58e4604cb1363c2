import Exchange
import Telephony

/// Browsers, factors and the audit log.
struct KeyBooks: Sendable {
    var codeSecrets: [PersonID: CodeSecret] = [:]
    var recoveryCodes: [PersonID: Set<String>] = [:]
    /// The oldest first.
    var passkeys: [Passkey] = []
    var tokenUses: [String: Instant] = [:]
    var audit: [AuditEntry] = []

    static let auditLimit = 100_000

    mutating func forget(_ person: PersonID) {
        codeSecrets[person] = nil
        recoveryCodes[person] = nil
        passkeys.removeAll { $0.person == person }
    }

    mutating func note(_ entry: AuditEntry) {
        let sequence = (audit.last?.sequence ?? 0) + 1
        audit.append(
            AuditEntry(sequence: sequence, at: entry.at, act: entry.act, person: entry.person, place: entry.place, about: entry.about))
        if audit.count > Self.auditLimit { audit.removeFirst() }
    }

    mutating func useStep(_ step: Int64, of person: PersonID) -> Bool {
        guard let last = codeSecrets[person]?.lastStep, last < step else { return false }
        codeSecrets[person]?.lastStep = step
        return true
    }

    mutating func confirmCodes(of person: PersonID, step: Int64, recoveryCodes codes: [String], at: Instant) throws(LedgerError) {
        guard let secret = codeSecrets[person], secret.confirmedAt == nil else { throw .conflict("there is no secret to confirm") }
        codeSecrets[person]?.confirmedAt = at
        codeSecrets[person]?.lastStep = step
        recoveryCodes[person] = Set(codes)
    }

    mutating func removeCodes(of person: PersonID) -> Bool {
        recoveryCodes[person] = nil
        return codeSecrets.removeValue(forKey: person) != nil
    }

    mutating func change(_ id: [UInt8], of person: PersonID?, _ edit: (inout Passkey) -> Void) -> Bool {
        guard let index = passkeys.firstIndex(where: { $0.id == id && (person == nil || $0.person == person) }) else { return false }
        edit(&passkeys[index])
        return true
    }

    mutating func removePasskey(_ id: [UInt8], of person: PersonID) -> Bool {
        let before = passkeys.count
        passkeys.removeAll { $0.id == id && $0.person == person }
        return passkeys.count < before
    }
}

extension Books {
    func requireAccount(of person: PersonID) throws(LedgerError) {
        guard accounts[person] != nil else { throw .conflict("there is no account \(person)") }
    }

    func signIns(of person: PersonID) -> [SignIn] {
        let all = signIns.values.filter { $0.person == person }
        let latest = Dictionary(grouping: all, by: \.series).values.compactMap { $0.max { ($0.renewedAt, $0.hash) < ($1.renewedAt, $1.hash) } }
        return latest.sorted { ($1.seenAt, $0.hash) < ($0.seenAt, $1.hash) }
    }

    mutating func renew(_ signIn: SignIn, replacing hash: String, until end: Instant) throws(LedgerError) {
        guard let old = signIns[hash] else { throw .conflict("this browser is signed out") }
        signIns[hash]?.endsAt = min(end, old.endsAt ?? end)
        try save(signIn)
        pushSubscriptions = pushSubscriptions.mapValues { $0.signIn == hash ? $0.with(signIn: signIn.hash) : $0 }
    }

    mutating func endSignIns(where isEnded: (SignIn) -> Bool) -> Bool {
        let before = signIns.count
        signIns = signIns.filter { !isEnded($0.value) }
        return signIns.count < before
    }

    mutating func add(_ passkey: Passkey) throws(LedgerError) {
        try requireAccount(of: passkey.person)
        guard !keys.passkeys.contains(where: { $0.id == passkey.id }) else { throw .conflict("this passkey is known already") }
        keys.passkeys.append(passkey)
    }
}

extension PushSubscription {
    fileprivate func with(signIn: String) -> PushSubscription {
        PushSubscription(endpoint: endpoint, key: key, secret: secret, person: person, signIn: signIn)
    }
}
