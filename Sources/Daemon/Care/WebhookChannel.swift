import EndpointWebhook
import Exchange
import HTTPStack
import Telephony

/// Tells a web server of alerts: one signed JSON POST each.
struct WebhookChannel: AlertChannel {
    private let hook: AlertSettings.Hook
    private let client: any WebClient
    private let clock: @Sendable () -> Instant

    var name: String { "webhook at \(hook.url.host)" }

    init(_ hook: AlertSettings.Hook, client: any WebClient, clock: @escaping @Sendable () -> Instant) {
        self.hook = hook
        self.client = client
        self.clock = clock
    }

    func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach {
        let document: JSON = [
            "kind": "alert", "state": .string(news.kind.rawValue), "topic": .string(news.topic), "message": .string(news.words), "at": JSON(news.at),
        ]
        let body = document.encoded
        let signature = WebhookSignature(secret: hook.secret, body: body, at: clock())
        let answer = try await client.send(
            OutgoingRequest(
                .post, hook.url,
                headers: [("Content-Type", "application/json"), ("User-Agent", "Homeline"), ("X-Homeline-Signature", signature.field)], body: body,
                timeout: .seconds(10), answerBody: .none))
        guard (200..<300).contains(answer.status) else { throw Failure(.http(answer.status)) }
        return .somebody
    }
}
