/// What happens on the phone.
extension HTTPSMSServer {
    /// A message comes in; the name that the server gives it.
    @discardableResult
    public func receive(from contact: String, _ text: String, files: [String] = []) async -> String {
        let id = receiveUntold(from: contact, text, files: files)
        await tell("message.phone.received", received(id, contact, text, files))
        return id
    }

    /// One comes in while the webhook is out of order.
    @discardableResult
    public func receiveUntold(from contact: String, _ text: String, files: [String] = []) -> String {
        let id = name()
        messages.append(
            HTTPSMSItem(id: id, request_id: nil, owner: number, contact: contact, content: text, attachments: files, type: "mobile-originated", status: "received", order: now()))
        return id
    }

    /// The event that tells of a message that came in.
    public func event(of id: String, from contact: String, _ text: String) -> HandsetPost {
        event("message.phone.received", received(id, contact, text, []))
    }

    public func deliver(_ id: String) async {
        guard let payload = settle(id, "delivered") else { return }
        await tell("message.phone.delivered", payload)
    }

    public func fail(_ id: String, _ words: String) async {
        guard var payload = settle(id, "failed", words) else { return }
        payload.error_message = words
        await tell("message.send.failed", payload)
    }

    /// The phone was away for too long; for the last time or not.
    public func expire(_ id: String, isFinal: Bool) async {
        guard var payload = settle(id, "expired") else { return }
        payload.message_id = payload.id
        payload.id = nil
        payload.is_final = isFinal
        await tell("message.send.expired", payload)
    }

    /// Changes the books without a word.
    public func settleUntold(_ id: String, _ status: String) { _ = settle(id, status) }

    private func settle(_ id: String, _ status: String, _ reason: String? = nil) -> HTTPSMSPayload? {
        guard let index = messages.firstIndex(where: { $0.id == id }) else { return nil }
        messages[index].status = status
        messages[index].order = now()
        messages[index].failure_reason = reason
        let message = messages[index]
        return HTTPSMSPayload(
            id: id, request_id: message.request_id, owner: number, contact: message.contact, content: message.content, timestamp: HandsetTimes.text(now()))
    }

    private func received(_ id: String, _ contact: String, _ text: String, _ files: [String]) -> HTTPSMSPayload {
        HTTPSMSPayload(message_id: id, owner: number, contact: contact, content: text, timestamp: HandsetTimes.text(now()), attachments: files)
    }
}
