import Exchange
import Telephony

extension Books {
    func number(of id: MessageID) throws(LedgerError) -> Int {
        guard let number = messageNumbers[id] else { throw .conflict("there is no message \(id)") }
        return number
    }

    mutating func submit(_ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?) throws(LedgerError) -> SubmissionOutcome {
        let submission = SubmissionKey(endpoint: message.origin?.endpoint, key: key)
        if let first = submissions[submission] { return .duplicate(first) }
        if let gathering, let whole = gather(message, gathering) {
            submissions[submission] = whole
            return .joined(whole)
        }
        try insert(message)
        if let gathering { gatherings[message.id] = message.recordedAt + gathering.longest }
        submissions[submission] = message.id
        enter(.message, at: message.recordedAt, message: message.id, Sentence.submitted(message.origin, for: deliveries))
        try add(deliveries, at: message.recordedAt)
        return .recorded(message.id)
    }

    mutating func insert(_ message: Message) throws(LedgerError) {
        guard messageNumbers[message.id] == nil else { throw .conflict("message \(message.id) exists already") }
        messages.append(message)
        messageNumbers[message.id] = messages.count
        let key = ConversationKey(line: message.line, participants: message.participants)
        if conversationNumbers[key] == nil { conversationNumbers[key] = conversationNumbers.count + 1 }
    }

    func conversationNumber(of message: Message) -> Int64 {
        guard message.isOfGroup else { return 0 }
        return Int64(conversationNumbers[ConversationKey(line: message.line, participants: message.participants)] ?? 0)
    }

    func record(of message: Message) -> MessageRecord {
        let trunk = deliveries.filter { $0.delivery.message == message.id && $0.delivery.destination.isTrunk }
        let failure = trunk.first { $0.state == .failed || $0.state == .inDoubt }?.failure
        return MessageRecord(
            message: message, state: MessageState(direction: message.direction, trunk: trunk.map(\.state)), failure: failure)
    }

    func conversations(limit: Int, lines: [LineID]?) -> [ConversationSummary] {
        var found: [ConversationKey: (count: Int, last: Int)] = [:]
        for (index, message) in messages.enumerated() where !isForgotten(message.id) && lines?.contains(message.line) ?? true {
            let key = ConversationKey(line: message.line, participants: message.participants)
            found[key] = ((found[key]?.count ?? 0) + 1, index)
        }
        return found.sorted { $0.value.last > $1.value.last }.prefix(max(0, limit)).map { key, value in
            ConversationSummary(
                line: key.line, participants: key.participants, messages: value.count, last: record(of: messages[value.last]))
        }
    }
}
