import Exchange
import Telephony

// How the vocabulary looks in JSON, for the API and for webhooks alike. `Docs/openapi.yaml` names the same fields.

extension JSON {
    /// RFC 3339 with milliseconds.
    public init(_ instant: Instant) {
        let whole = CivilDate(instant).rfc3339
        let milliseconds = String(instant.milliseconds - instant.seconds * 1000)
        self = .string(whole.dropLast() + "." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds + "Z")
    }

    public init(_ address: Address) {
        self = ["kind": .string(address.kind.rawValue), "text": .string(address.text)]
    }

    public init(_ failure: Failure) {
        self = [
            "cause": .string(failure.cause.code), "disposition": .string(failure.disposition.rawValue),
            "message": .string(failure.sentence),
        ]
    }

    /// - Parameter index: of the part in the message, from 0.
    private init(_ part: Part, _ index: Int, of message: MessageID) {
        var members: [Member] = [("contentType", .string(part.contentType)), ("size", .integer(Int64(part.size)))]
        if let name = part.name { members.append(("name", .string(name))) }
        members.append(("url", .string("/api/v1/messages/\(message)/parts/\(index)")))
        self = .object(members)
    }

    public init(_ message: Message) {
        self = .object(Self.members(of: message))
    }

    public init(_ record: MessageRecord) {
        self = .object(Self.members(of: record))
    }

    /// A message's members with its state, for those who add to them.
    public static func members(of record: MessageRecord) -> [Member] {
        var members = members(of: record.message)
        members.append(("state", .string(record.state.rawValue)))
        if let failure = record.failure { members.append(("failure", JSON(failure))) }
        return members
    }

    private static func members(of message: Message) -> [Member] {
        var members: [Member] = [
            ("id", .string(message.id.description)), ("line", .string(message.line.name)),
            ("direction", .string(message.direction.rawValue)),
        ]
        if let sender = message.sender { members.append(("sender", JSON(sender))) }
        if let subject = message.subject { members.append(("subject", .string(subject))) }
        members += [
            ("participants", .array(message.participants.map { JSON($0) })), ("text", .string(message.text)),
            ("parts", .array(message.parts.enumerated().map { JSON($1, $0, of: message.id) })), ("presentation", .string(message.presentation.rawValue)),
        ]
        if let sentAt = message.sentAt { members.append(("sentAt", JSON(sentAt))) }
        members.append(("recordedAt", JSON(message.recordedAt)))
        return members
    }

    public init(_ health: Health) {
        let facts = health.facts.sorted { $0.key < $1.key }.map { (name: $0.key, value: JSON.string($0.value)) }
        self = ["state": .string(health.state.rawValue), "summary": .string(health.summary), "facts": .object(facts)]
    }
}
