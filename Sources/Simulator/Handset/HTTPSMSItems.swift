/// A message in the server's books.
struct HTTPSMSItem: Encodable {
    let id: String
    let request_id: String?
    let owner: String
    let contact: String
    let content: String
    var attachments: [String] = []
    let type: String
    var status: String
    /// Milliseconds.
    var order: Int64
    var failure_reason: String?
    var send_attempt_count = 0
    var max_send_attempts = 2

    enum CodingKeys: String, CodingKey {
        case id, request_id, owner, contact, content, attachments, type, status, failure_reason, send_attempt_count, max_send_attempts
        case order_timestamp, received_at, delivered_at, failed_at
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(request_id, forKey: .request_id)
        try fields.encode(owner, forKey: .owner)
        try fields.encode(contact, forKey: .contact)
        try fields.encode(content, forKey: .content)
        try fields.encode(attachments, forKey: .attachments)
        try fields.encode(type, forKey: .type)
        try fields.encode(status, forKey: .status)
        try fields.encode(failure_reason, forKey: .failure_reason)
        try fields.encode(send_attempt_count, forKey: .send_attempt_count)
        try fields.encode(max_send_attempts, forKey: .max_send_attempts)
        let time = HandsetTimes.text(order)
        try fields.encode(time, forKey: .order_timestamp)
        if status == "received" { try fields.encode(time, forKey: .received_at) }
        if status == "delivered" { try fields.encode(time, forKey: .delivered_at) }
        if status == "failed" { try fields.encode(time, forKey: .failed_at) }
    }
}

struct HTTPSMSTold: Encodable {
    let id: String
    let source: String
    let specversion: String
    let type: String
    let time: String
    let data: HTTPSMSPayload
}

/// What an event says; what does not belong to its kind is left out.
struct HTTPSMSPayload: Encodable {
    var id: String?
    var message_id: String?
    var request_id: String?
    let owner: String
    let contact: String
    let content: String
    var timestamp: String
    var attachments: [String]?
    var error_message: String?
    var is_final: Bool?
    var sim = "SIM1"
    var encrypted = false
}
