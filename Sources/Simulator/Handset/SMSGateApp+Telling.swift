import Foundation

/// What happens on the phone, and how the app tells of it.
extension SMSGateApp {
    struct Refresh: Decodable {
        let since: String
        let until: String
        let messageTypes: [String]?
        let triggerWebhooks: Bool?
    }

    /// A message comes in while the app runs.
    public func receive(_ message: SMSGateMessage) async {
        store.append(Stored(message: message, isProcessed: true))
        emit(event(of: message), payload(of: message))
        await flush()
    }

    /// One comes in while the app does not run: only the phone's own store has it.
    public func receiveUnseen(_ message: SMSGateMessage) {
        store.append(Stored(message: message, isProcessed: false))
    }

    /// The network took a message of ours, in so many texts; each is told.
    public func hand(_ id: String, parts: Int) async {
        change(id, "Sent")
        for _ in 0..<parts { emit("sms:sent", about(id) { $0.partsCount = parts; $0.sentAt = HandsetTimes.text(now()) }) }
        await flush()
    }

    /// The network reports one text of a message delivered.
    public func deliver(_ id: String) async {
        change(id, "Delivered")
        emit("sms:delivered", about(id) { $0.deliveredAt = HandsetTimes.text(now()) })
        await flush()
    }

    public func fail(_ id: String, _ reason: String) async {
        change(id, "Failed", reason)
        emit("sms:failed", about(id) { $0.failedAt = HandsetTimes.text(now()); $0.reason = reason })
        await flush()
    }

    /// Tells what nobody has taken yet, once each, signed anew.
    public func flush() async {
        let telling = untold
        untold = []
        for event in telling where await tell(event)?.status.isSuccess != true { untold.append(event) }
    }

    /// Tells an event once, whoever has taken it before.
    @discardableResult
    public func tell(_ telling: SMSGateTelling) async -> HandsetPostAnswer? {
        let timestamp = String(now() / 1000)
        let signature = sign(telling.body + Array(timestamp.utf8)).map { digits($0) }.joined()
        let path = URLComponents(string: telling.url)?.path ?? ""
        return await post(
            HandsetPost(
                path: path, headers: ["Content-Type": "application/json", "X-Timestamp": timestamp, "X-Signature": signature], body: telling.body))
    }

    /// The tellings of an event, as its webhooks get them.
    public func tellings(of message: SMSGateMessage) -> [SMSGateTelling] { tellings(event(of: message), payload(of: message)) }

    func refresh(_ body: [UInt8]) async -> PeerReply {
        guard let order = try? JSONDecoder().decode(Refresh.self, from: Data(body)), let since = HandsetTimes.milliseconds(order.since),
            let until = HandsetTimes.milliseconds(order.until)
        else { return PeerReply(400) }
        let kinds = order.messageTypes ?? ["SMS"]
        for index in store.indices where !store[index].isProcessed && (since...until).contains(store[index].message.at) {
            let message = store[index].message
            guard kinds.contains(kind(of: message)) else { continue }
            store[index].isProcessed = true
            if order.triggerWebhooks ?? false { emit(event(of: message), payload(of: message)) }
        }
        await flush()
        return PeerReply(202)
    }

    private func emit(_ event: String, _ payload: SMSGatePayload) { untold += tellings(event, payload) }

    /// One for each webhook of the event, each under a name of its own.
    private func tellings(_ event: String, _ payload: SMSGatePayload) -> [SMSGateTelling] {
        hooks.filter { $0.event == event }.compactMap { hook in
            let told = SMSGateTold(id: name(), webhookId: hook.id ?? "", event: event, deviceId: "device-1", payload: payload)
            return (try? JSONEncoder().encode(told)).map { SMSGateTelling(url: hook.url, body: Array($0)) }
        }
    }

    private func change(_ id: String, _ state: String, _ error: String? = nil) {
        for index in outgoing.indices where outgoing[index].sent.id == id {
            outgoing[index].state = state
            outgoing[index].error = error
            outgoing[index].at = now()
        }
    }

    private func about(_ id: String, _ fill: (inout SMSGatePayload) -> Void) -> SMSGatePayload {
        let sent = outgoing.first { $0.sent.id == id }?.sent
        var payload = SMSGatePayload(messageId: id, recipient: sent?.number, simNumber: sent?.sim)
        fill(&payload)
        return payload
    }

    private func event(of message: SMSGateMessage) -> String {
        switch message.content {
        case .text: "sms:received"
        case .data: "sms:data-received"
        case .picture: "mms:downloaded"
        }
    }

    private func kind(of message: SMSGateMessage) -> String {
        if case .picture = message.content { "MMS" } else { "SMS" }
    }

    private func payload(of message: SMSGateMessage) -> SMSGatePayload {
        var payload = SMSGatePayload(
            messageId: String(UInt32(bitPattern: message.hash), radix: 16), sender: message.sender, simNumber: message.sim,
            receivedAt: HandsetTimes.text(message.at))
        switch message.content {
        case .text(let text): payload.message = text
        case .data(let octets): payload.data = Data(octets).base64EncodedString()
        case .picture(let id, let body, let subject, let files):
            payload.messageId = String(id)
            payload.body = body
            payload.subject = subject
            payload.attachments = files.enumerated().map { index, file in
                let data = file.octets.map { Data($0).base64EncodedString() }
                return .init(partId: index, contentType: file.contentType, name: file.name, size: file.octets?.count, data: data)
            }
        }
        return payload
    }
}

private func digits(_ octet: UInt8) -> String {
    let text = String(octet, radix: 16)
    return text.count == 1 ? "0" + text : text
}

extension Int {
    fileprivate var isSuccess: Bool { (200..<300).contains(self) }
}
