import Exchange
import Telephony

/// Accounts, and how far persons have read.
extension Books {
    mutating func save(_ account: Account, keeping signIn: String?) {
        let before = accounts.updateValue(account, forKey: account.person)
        if before == nil {
            for (index, message) in messages.enumerated() where !isForgotten(message.id) { markRead(index, by: account.person) }
        } else if before?.password != account.password {
            endWhatAnotherPasswordLetIn(account.person, but: signIn)
        }
    }

    mutating func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) throws(LedgerError) {
        guard let before = accounts[person], before.password == old else { throw .conflict("there is no account \(person) as it was") }
        accounts[person] = before.with(password: new)
        endWhatAnotherPasswordLetIn(person, but: signIn)
    }

    private mutating func endWhatAnotherPasswordLetIn(_ person: PersonID, but signIn: String?) {
        signIns = signIns.filter { $0.value.person != person || $0.key == signIn }
        forgetInvitation(of: person)
    }

    mutating func save(timeZone: String, of person: PersonID) throws(LedgerError) {
        guard let before = accounts[person] else { throw .conflict("there is no account \(person) as it was") }
        accounts[person] = before.with(timeZone: timeZone)
    }

    mutating func removeAccount(of person: PersonID) -> Bool {
        signIns = signIns.filter { $0.value.person != person }
        keys.forget(person)
        forgetInvitation(of: person)
        guard accounts.removeValue(forKey: person) != nil else { return false }
        forgetBelongings(ofNobody: person)
        return true
    }

    mutating func forgetInvitation(of person: PersonID) { invitations = invitations.filter { $0.value.person != person } }

    mutating func save(_ invitation: Invitation, now: Instant) {
        invitations = invitations.filter { $0.value.expiresAt > now }
        if let person = invitation.person { forgetInvitation(of: person) }
        invitations[invitation.hash] = invitation
    }

    mutating func accept(_ invitation: String, as account: Account, now: Instant) throws(LedgerError) {
        guard let found = invitations[invitation], found.expiresAt > now else { throw .conflict("the invitation was used or has expired") }
        guard found.person != nil || isFree(account) else { throw .conflict("\(account.person) is somebody already") }
        invitations[invitation] = nil
        save(account, keeping: nil)
    }

    private func isFree(_ account: Account) -> Bool {
        accounts[account.person] == nil && (account.role == .owner || persons[account.person] == nil)
    }

    mutating func save(_ signIn: SignIn) throws(LedgerError) {
        guard accounts[signIn.person] != nil else { throw .conflict("there is no account \(signIn.person)") }
        signIns[signIn.hash] = signIn
    }

    mutating func save(_ signIn: SignIn, provenBy password: String) throws(LedgerError) {
        guard accounts[signIn.person]?.password == password else { throw .conflict("there is no account \(signIn.person) as it was") }
        try save(signIn)
    }

    mutating func noteSeen(_ hash: String, at: Instant, place: String) -> Bool {
        guard signIns[hash] != nil else { return false }
        signIns[hash]?.seenAt = at
        signIns[hash]?.place = place
        return true
    }

    func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) throws(LedgerError) -> [InboxEntry] {
        var entries: [InboxEntry] = []
        for summary in conversations(limit: .max, lines: nil) {
            let key = ConversationKey(line: summary.line, participants: summary.participants)
            guard let number = conversationNumbers[key] else { continue }
            entries.append(InboxEntry(number: Int64(number), summary: summary, unread: unread(key, by: reader)))
        }
        var start = 0
        if let after {
            guard let index = entries.firstIndex(where: { $0.number == after }) else { throw .conflict("there is no conversation \(after)") }
            start = index + 1
        }
        let wanted = entries.dropFirst(start).filter { lines?.contains($0.summary.line) ?? true }
        return Array(wanted.prefix(max(0, limit)))
    }

    private func unread(_ key: ConversationKey, by reader: PersonID) -> Int {
        let mark = readMarks[ReadMark(person: reader, conversation: key)] ?? -1
        let count = messages.indices.count { index in
            index > mark && messages[index].direction == .incoming && isOf(key, index)
        }
        return min(count, InboxEntry.countLimit)
    }

    private func isOf(_ key: ConversationKey, _ index: Int) -> Bool {
        let message = messages[index]
        return !isForgotten(message.id) && message.line == key.line && message.participants == key.participants
    }

    func thread(_ number: Int64, before: MessageID?, after: MessageID?, limit: Int) throws(LedgerError) -> [MessageRecord] {
        guard let key = conversationNumbers.first(where: { Int64($0.value) == number })?.key else { return [] }
        let end = try before.map { id throws(LedgerError) in try index(of: id, within: key) } ?? .max
        let start = try after.map { id throws(LedgerError) in try index(of: id, within: key) } ?? -1
        let wanted = messages.indices.filter { $0 > start && $0 < end && isOf(key, $0) }
        return wanted.reversed().prefix(max(0, limit)).map { record(of: messages[$0]) }
    }

    private func index(of message: MessageID, within key: ConversationKey) throws(LedgerError) -> Int {
        guard let number = messageNumbers[message], isOf(key, number - 1) else {
            throw .conflict("there is no message \(message) in this conversation")
        }
        return number - 1
    }

    mutating func markRead(_ index: Int, by reader: PersonID) {
        let message = messages[index]
        let mark = ReadMark(person: reader, conversation: ConversationKey(line: message.line, participants: message.participants))
        readMarks[mark] = max(readMarks[mark] ?? -1, index)
    }
}

struct ReadMark: Hashable, Sendable {
    let person: PersonID
    let conversation: ConversationKey
}
