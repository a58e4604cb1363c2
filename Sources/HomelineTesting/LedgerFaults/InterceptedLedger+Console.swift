import Exchange
import Telephony

// AccountLedger
extension InterceptedLedger {
    public func accounts() async throws(LedgerError) -> [Account] {
        try await interceptor.around(.accounts) { ledger throws(LedgerError) in try await ledger.accounts() }
    }

    public func save(_ account: Account, keeping signIn: String?) async throws(LedgerError) {
        try await interceptor.around(.saveAccount) { ledger throws(LedgerError) in try await ledger.save(account, keeping: signIn) }
    }

    public func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) async throws(LedgerError) {
        try await interceptor.around(.changePassword) { ledger throws(LedgerError) in
            try await ledger.change(passwordOf: person, from: old, to: new, keeping: signIn)
        }
    }

    public func save(timeZone: String, of person: PersonID) async throws(LedgerError) {
        try await interceptor.around(.saveTimeZone) { ledger throws(LedgerError) in try await ledger.save(timeZone: timeZone, of: person) }
    }

    public func removeAccount(of person: PersonID) async throws(LedgerError) -> Bool {
        try await interceptor.around(.removeAccount) { ledger throws(LedgerError) in try await ledger.removeAccount(of: person) }
    }

    public func save(_ invitation: Invitation, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.saveInvitation) { ledger throws(LedgerError) in try await ledger.save(invitation, now: now) }
    }

    public func invitation(_ hash: String, now: Instant) async throws(LedgerError) -> Invitation? {
        try await interceptor.around(.invitation) { ledger throws(LedgerError) in try await ledger.invitation(hash, now: now) }
    }

    public func accept(_ invitation: String, as account: Account, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.acceptInvitation) { ledger throws(LedgerError) in try await ledger.accept(invitation, as: account, now: now) }
    }

    public func save(_ signIn: SignIn) async throws(LedgerError) {
        try await interceptor.around(.saveSignIn) { ledger throws(LedgerError) in try await ledger.save(signIn) }
    }

    public func save(_ signIn: SignIn, provenBy password: String) async throws(LedgerError) {
        try await interceptor.around(.saveProvenSignIn) { ledger throws(LedgerError) in try await ledger.save(signIn, provenBy: password) }
    }

    public func noteSeen(_ hash: String, at: Instant, place: String) async throws(LedgerError) -> Bool {
        try await interceptor.around(.noteSeen) { ledger throws(LedgerError) in try await ledger.noteSeen(hash, at: at, place: place) }
    }

    public func signIn(_ hash: String) async throws(LedgerError) -> SignIn? {
        try await interceptor.around(.signIn) { ledger throws(LedgerError) in try await ledger.signIn(hash) }
    }

    public func signOut(_ hash: String) async throws(LedgerError) {
        try await interceptor.around(.signOut) { ledger throws(LedgerError) in try await ledger.signOut(hash) }
    }

    public func signOut(seenBefore: Instant, startedBefore: Instant) async throws(LedgerError) {
        try await interceptor.around(.signOutOld) { ledger throws(LedgerError) in try await ledger.signOut(seenBefore: seenBefore, startedBefore: startedBefore) }
    }
}

// InboxLedger
extension InterceptedLedger {
    public func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) async throws(LedgerError) -> [InboxEntry] {
        try await interceptor.around(.inbox) { ledger throws(LedgerError) in try await ledger.inbox(of: reader, lines: lines, after: after, limit: limit) }
    }

    public func conversationNumber(of message: MessageID) async throws(LedgerError) -> Int64? {
        try await interceptor.around(.conversationNumber) { ledger throws(LedgerError) in try await ledger.conversationNumber(of: message) }
    }

    public func thread(
        _ conversation: Int64, before: MessageID?, after: MessageID?, limit: Int
    ) async throws(LedgerError) -> [MessageRecord] {
        try await interceptor.around(.thread) { ledger throws(LedgerError) in try await ledger.thread(conversation, before: before, after: after, limit: limit) }
    }

    public func markRead(_ message: MessageID, by reader: PersonID) async throws(LedgerError) {
        try await interceptor.around(.markRead) { ledger throws(LedgerError) in try await ledger.markRead(message, by: reader) }
    }

    public func search(_ text: String, lines: [LineID]?, before: MessageID?, limit: Int) async throws(LedgerError) -> [MessageRecord] {
        try await interceptor.around(.search) { ledger throws(LedgerError) in
            try await ledger.search(text, lines: lines, before: before, limit: limit)
        }
    }

    public func indexWords(limit: Int) async throws(LedgerError) -> Int {
        try await interceptor.around(.indexWords) { ledger throws(LedgerError) in try await ledger.indexWords(limit: limit) }
    }
}
