import Exchange
import Telephony

extension Books {
    func number(of id: MessageID) throws(LedgerError) -> Int {
        guard let number = messageNumbers[id] else { throw .conflict("there is no message \(id)") }
        return number
    }

    mutating func submit(_ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?) throws(LedgerError) -> SubmissionOutcome {
        let submission = SubmissionKey(endpoint: message.origin?.endpoint, key: key)
        if let first = submissions[submission] { return try outcome(.duplicate(first)) }
        if let gathering, let whole = gather(message, gathering) {
            submissions[submission] = whole
            return try outcome(.joined(whole))
        }
        try insert(message)
        if let gathering { gatherings[message.id] = message.recordedAt + gathering.longest }
        submissions[submission] = message.id
        enter(.message, at: message.recordedAt, message: message.id, Sentence.submitted(message.origin, for: deliveries))
        try add(deliveries, at: message.recordedAt)
        return try outcome(.recorded(message.id))
    }

    private func outcome(_ kind: SubmissionOutcome.Kind) throws(LedgerError) -> SubmissionOutcome {
        switch kind {
        case .recorded(let id), .duplicate(let id), .joined(let id): SubmissionOutcome(kind, number: Int64(try number(of: id)))
        }
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

    func messages(_ selection: MessageSelection) -> [NumberedMessage] {
        let found = messages.enumerated().reversed().lazy.filter { matches($1, number: $0 + 1, selection) }
        return found.prefix(max(0, selection.limit)).map { NumberedMessage(number: Int64($0 + 1), record: record(of: $1)) }
    }

    private func matches(_ message: Message, number: Int, _ selection: MessageSelection) -> Bool {
        guard !isForgotten(message.id), selection.lines.contains(message.line), hidden[selection.reader]?.contains(message.id) != true,
            selection.number.map({ $0 == Int64(number) }) ?? true, selection.recorded?.contains(message.recordedAt) ?? true,
            selection.direction.map({ $0 == message.direction }) ?? true,
            selection.party.map({ message.participants == [$0] || message.sender == $0 }) ?? true
        else { return false }
        let hasFiles = message.parts.contains { $0.text == nil }
        return selection.content == .any || (selection.content == .files) == hasFiles
    }

    mutating func hide(_ message: MessageID, from reader: String) throws(LedgerError) {
        _ = try number(of: message)
        hidden[reader, default: []].insert(message)
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
