import Exchange
import Telephony

extension Books {
    func number(of id: MessageID) throws(LedgerError) -> Int {
        guard let number = messageNumbers[id] else { throw .conflict("there is no message \(id)") }
        return number
    }

    mutating func submit(_ message: Message, key: String, deliveries: [Delivery]) throws(LedgerError) -> SubmissionOutcome {
        let submission = SubmissionKey(endpoint: message.origin?.endpoint, key: key)
        if let first = submissions[submission] { return .duplicate(first) }
        try insert(message)
        submissions[submission] = message.id
        enter(.message, at: message.recordedAt, message: message.id, Sentence.submitted(message.origin, for: deliveries))
        try add(deliveries, at: message.recordedAt)
        return .recorded(message.id)
    }

    mutating func insert(_ message: Message) throws(LedgerError) {
        guard messageNumbers[message.id] == nil else { throw .conflict("message \(message.id) exists already") }
        messages.append(message)
        messageNumbers[message.id] = messages.count
    }

    func record(of message: Message) -> MessageRecord {
        let trunk = deliveries.filter { $0.delivery.message == message.id && $0.delivery.destination.isTrunk }
        let failure = trunk.first { $0.state == .failed || $0.state == .inDoubt }?.failure
        return MessageRecord(
            message: message, state: MessageState(direction: message.direction, trunk: trunk.map(\.state)), failure: failure)
    }

    func conversations(limit: Int, lines: [LineID]?) -> [ConversationSummary] {
        struct Key: Hashable { let line: LineID, participants: [Address] }
        var found: [Key: (count: Int, last: Int)] = [:]
        for (index, message) in messages.enumerated() where lines?.contains(message.line) ?? true {
            let key = Key(line: message.line, participants: message.participants)
            found[key] = ((found[key]?.count ?? 0) + 1, index)
        }
        return found.sorted { $0.value.last > $1.value.last }.prefix(max(0, limit)).map { key, value in
            ConversationSummary(
                line: key.line, participants: key.participants, messages: value.count, last: record(of: messages[value.last]))
        }
    }
}
