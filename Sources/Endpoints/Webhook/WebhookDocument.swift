import Exchange
import HTTPStack
import Telephony

/// The body of a delivery. `Docs/openapi.yaml` describes it under `webhooks`.
struct WebhookDocument {
    let json: JSON

    init(_ claim: Claim) {
        var members: [JSON.Member] = [
            ("event", .string(Self.event(claim))), ("delivery", .string(claim.delivery.id.description)),
            ("line", .string(claim.message.line.name)),
            ("conversation", .array(claim.message.participants.map { JSON($0) })), ("message", JSON(claim.message)),
        ]
        if case .status(let notice) = claim.delivery.content { members.append(("status", Self.status(notice))) }
        json = .object(members)
    }

    private static func event(_ claim: Claim) -> String {
        if case .status = claim.delivery.content { return "message.status" }
        return claim.message.direction == .outgoing ? "message.sent" : "message.received"
    }

    private static func status(_ notice: StatusNotice) -> JSON {
        switch notice {
        case .delivered(let recipient, let at): ["state": "delivered", "recipient": JSON(recipient), "at": JSON(at)]
        case .read(let recipient, let at): ["state": "read", "recipient": JSON(recipient), "at": JSON(at)]
        case .failed(let recipient, let failure): ["state": "failed", "recipient": JSON(recipient), "failure": JSON(failure)]
        case .inDoubt(let recipient, let failure): ["state": "inDoubt", "recipient": JSON(recipient), "failure": JSON(failure)]
        }
    }
}
