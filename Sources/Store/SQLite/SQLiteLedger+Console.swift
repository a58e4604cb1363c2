import Exchange
import Telephony

// AccountLedger
extension SQLiteLedger {
    public func accounts() async throws(LedgerError) -> [Account] { try await read { try $0.accounts() } }

    public func save(_ account: Account, keeping signIn: String?) async throws(LedgerError) {
        try await write { try $0.save(account, keeping: signIn) }
    }

    public func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) async throws(LedgerError) {
        try await write { try $0.change(passwordOf: person, from: old, to: new, keeping: signIn) }
    }

    public func save(timeZone: String, of person: PersonID) async throws(LedgerError) {
        try await write { try $0.save(timeZone: timeZone, of: person) }
    }

    public func removeAccount(of person: PersonID) async throws(LedgerError) -> Bool { try await write { try $0.removeAccount(of: person) } }

    public func save(_ invitation: Invitation, now: Instant) async throws(LedgerError) {
        try await write { try $0.save(invitation, now: now) }
    }

    public func invitation(_ hash: String, now: Instant) async throws(LedgerError) -> Invitation? {
        try await read { try $0.invitation(hash, now: now) }
    }

    public func accept(_ invitation: String, as account: Account, now: Instant) async throws(LedgerError) {
        try await write { try $0.accept(invitation, as: account, now: now) }
    }

    public func save(_ signIn: SignIn) async throws(LedgerError) { try await write { try $0.save(signIn) } }

    public func save(_ signIn: SignIn, provenBy password: String) async throws(LedgerError) {
        try await write { try $0.save(signIn, provenBy: password) }
    }

    public func noteSeen(_ hash: String, at: Instant, place: String) async throws(LedgerError) -> Bool {
        try await write { try $0.noteSeen(hash, at: at, place: place) }
    }

    public func signIn(_ hash: String) async throws(LedgerError) -> SignIn? { try await read { try $0.signIn(hash) } }

    public func signOut(_ hash: String) async throws(LedgerError) { try await write { try $0.signOut(hash) } }

    public func signOut(seenBefore: Instant, startedBefore: Instant) async throws(LedgerError) {
        try await write { try $0.signOut(seenBefore: seenBefore, startedBefore: startedBefore) }
    }
}

// InboxLedger
extension SQLiteLedger {
    public func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) async throws(LedgerError) -> [InboxEntry] {
        try await read { try $0.inbox(of: reader, lines: lines, after: after, limit: limit) }
    }

    public func conversationNumber(of message: MessageID) async throws(LedgerError) -> Int64? {
        try await read { try $0.conversationNumber(of: message) }
    }

    public func thread(
        _ conversation: Int64, before: MessageID?, after: MessageID?, limit: Int
    ) async throws(LedgerError) -> [MessageRecord] {
        try await read { try $0.thread(conversation, before: before, after: after, limit: limit) }
    }

    public func markRead(_ message: MessageID, by reader: PersonID) async throws(LedgerError) {
        try await write { try $0.markRead(message, by: reader) }
    }

    public func search(_ text: String, lines: [LineID]?, before: MessageID?, limit: Int) async throws(LedgerError) -> [MessageRecord] {
        let query = SearchQuery(text)
        guard !query.words.isEmpty else { return [] }
        _ = try await indexWords(limit: Self.indexedWhileSearching)
        if let found = try await read({ try $0.search(query, lines: lines, before: before, limit: limit) }) { return found }
        // The index is damaged, and all of it can be made again.
        try await write { try $0.emptyWords() }
        _ = try await indexWords(limit: Self.indexedWhileSearching)
        return try await read { try $0.search(query, lines: lines, before: before, limit: limit) } ?? []
    }

    /// What nobody waits for too long.
    private static let indexedWhileSearching = 20_000
    /// Messages of one transaction: others write between.
    private static let indexedAtOnce = 1000

    public func indexWords(limit: Int) async throws(LedgerError) -> Int {
        var count = 0
        while count < limit {
            let some = min(Self.indexedAtOnce, limit - count)
            guard try await read({ try $0.hasUnindexed() }) else { break }
            count += try await write { try $0.indexWords(limit: some) }
        }
        return count
    }
}
