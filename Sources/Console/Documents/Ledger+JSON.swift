import Exchange
import HTTPStack
import Telephony

// How the ledger's records look in the API. `Docs/openapi.yaml` names the same fields.

extension JSON {
    init(_ entry: TimelineEntry) {
        self = .object(Self.members(of: entry))
    }

    static func members(of entry: TimelineEntry) -> [Member] {
        var members: [Member] = [
            ("sequence", .integer(entry.sequence)), ("at", JSON(entry.at)), ("kind", .string(entry.kind.rawValue)),
        ]
        if let message = entry.message { members.append(("message", .string(message.description))) }
        if let delivery = entry.delivery { members.append(("delivery", .string(delivery.description))) }
        members.append(("detail", .string(entry.detail)))
        return members
    }

    init(_ summary: ConversationSummary) {
        self = [
            "line": .string(summary.line.name), "participants": .array(summary.participants.map { JSON($0) }),
            "messages": .integer(Int64(summary.messages)), "last": JSON(summary.last),
        ]
    }

    init(_ record: DeliveryRecord) {
        let delivery = record.delivery
        var members: [Member] = [
            ("id", .string(delivery.id.description)), ("destination", JSON(delivery.destination)),
            ("content", .string(Self.name(of: delivery.content))), ("state", .string(record.state.rawValue)),
            ("attempts", .integer(Int64(record.attempts))), ("due", JSON(delivery.due)), ("expires", JSON(delivery.expires)),
        ]
        if let failure = record.failure { members.append(("failure", JSON(failure))) }
        if let reference = record.reference { members.append(("reference", .string(reference))) }
        self = .object(members)
    }

    private static func name(of content: DeliveryContent) -> String {
        switch content {
        case .message: "message"
        case .status: "status"
        case .readReport: "readReport"
        }
    }

    init(_ destination: Destination) {
        switch destination {
        case .trunk(let line, let recipients):
            self = ["kind": "trunk", "line": .string(line.name), "recipients": .array(recipients.map { JSON($0) })]
        case .device(let endpoint, let person, let device):
            var members: [Member] = [("kind", "device"), ("endpoint", .string(endpoint.name)), ("person", .string(person.name))]
            if let device { members.append(("device", .string(device.name))) }
            self = .object(members)
        case .endpoint(let endpoint):
            self = ["kind": "endpoint", "endpoint": .string(endpoint.name)]
        case .receiver(let endpoint, let receiver):
            self = ["kind": "receiver", "endpoint": .string(endpoint.name), "receiver": .string(receiver.name)]
        }
    }
}
