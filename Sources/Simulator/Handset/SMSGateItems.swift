struct SMSGateInboxItem: Encodable {
    let id: String
    let type: String
    let sender: String
    let simNumber: Int?
    let contentPreview: String
    let createdAt: String
}

struct SMSGateOutboxItem: Encodable {
    struct Recipient: Encodable {
        let phoneNumber: String
        let state: String
        let error: String?
    }

    let id: String
    let state: String
    let recipients: [Recipient]
    let states: [String: String]
}

/// An event on its way to one webhook.
public struct SMSGateTelling: Hashable, Sendable {
    public let url: String
    public let body: [UInt8]
}

/// What an event says; what does not belong to its kind is left out.
struct SMSGatePayload: Encodable {
    struct File: Encodable {
        let partId: Int
        let contentType: String
        let name: String?
        let size: Int?
        let data: String?
    }

    var messageId: String
    var sender: String?
    var recipient: String?
    var simNumber: Int?
    var message: String?
    var data: String?
    var body: String?
    var subject: String?
    var attachments: [File]?
    var receivedAt: String?
    var partsCount: Int?
    var sentAt: String?
    var deliveredAt: String?
    var failedAt: String?
    var reason: String?
    var transactionId: String?
    var size: Int?
}

struct SMSGateTold: Encodable {
    let id: String
    let webhookId: String
    let event: String
    let deviceId: String
    let payload: SMSGatePayload
}
