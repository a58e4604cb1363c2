import Exchange
import Telephony

// AccountLedger
extension MemoryLedger {
    public func accounts() throws(LedgerError) -> [Account] { books.accounts.values.sorted { $0.person < $1.person } }

    public func save(_ account: Account, keeping signIn: String?) throws(LedgerError) {
        try change { books throws(LedgerError) in books.save(account, keeping: signIn) }
    }

    public func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.change(passwordOf: person, from: old, to: new, keeping: signIn) }
    }

    public func save(timeZone: String, of person: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(timeZone: timeZone, of: person) }
    }

    public func removeAccount(of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.removeAccount(of: person) }
    }

    public func save(_ invitation: Invitation, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.save(invitation, now: now) }
    }

    public func invitation(_ hash: String, now: Instant) throws(LedgerError) -> Invitation? {
        books.invitations[hash].flatMap { $0.expiresAt > now ? $0 : nil }
    }

    public func accept(_ invitation: String, as account: Account, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.accept(invitation, as: account, now: now) }
    }

    public func save(_ signIn: SignIn) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(signIn) }
    }

    public func save(_ signIn: SignIn, provenBy password: String) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(signIn, provenBy: password) }
    }

    public func noteSeen(_ hash: String, at: Instant, place: String) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.noteSeen(hash, at: at, place: place) }
    }

    public func signIn(_ hash: String) throws(LedgerError) -> SignIn? { books.signIns[hash] }

    public func signOut(_ hash: String) throws(LedgerError) {
        try change { books throws(LedgerError) in books.signIns[hash] = nil }
    }

    public func signOut(seenBefore: Instant, startedBefore: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in
            books.signIns = books.signIns.filter { $0.value.seenAt >= seenBefore && $0.value.startedAt >= startedBefore }
        }
    }
}

// InboxLedger
extension MemoryLedger {
    public func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) throws(LedgerError) -> [InboxEntry] {
        try books.inbox(of: reader, lines: lines, after: after, limit: limit)
    }

    public func conversationNumber(of message: MessageID) throws(LedgerError) -> Int64? {
        guard let number = books.messageNumbers[message] else { return nil }
        let found = books.messages[number - 1]
        return books.conversationNumbers[ConversationKey(line: found.line, participants: found.participants)].map(Int64.init)
    }

    public func thread(
        _ conversation: Int64, before: MessageID?, after: MessageID?, limit: Int
    ) throws(LedgerError) -> [MessageRecord] {
        try books.thread(conversation, before: before, after: after, limit: limit)
    }

    public func markRead(_ message: MessageID, by reader: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in books.markRead(try books.number(of: message) - 1, by: reader) }
    }

    public func search(_ text: String, lines: [LineID]?, before: MessageID?, limit: Int) throws(LedgerError) -> [MessageRecord] {
        let query = SearchQuery(text)
        guard !query.words.isEmpty else { return [] }
        let end = try before.map { id throws(LedgerError) in try books.number(of: id) - 1 } ?? books.messages.count
        let found = books.messages.prefix(end).reversed().lazy.filter { [books] message in
            !books.isForgotten(message.id) && lines?.contains(message.line) ?? true && query.isFound(in: message)
        }
        return found.prefix(max(0, limit)).map(books.record)
    }

    public func indexWords(limit: Int) throws(LedgerError) -> Int { 0 }
}
