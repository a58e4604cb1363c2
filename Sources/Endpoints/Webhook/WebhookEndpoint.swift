import Exchange
import HTTPStack
import Synchronization
import Telephony

/// Tells a web server of messages and of what became of them: one signed JSON POST a delivery, tried until it is taken.
public struct WebhookEndpoint: MessageEndpoint {
    private let settings: WebhookSettings
    private let client: any WebClient
    private let clock: any WallClock
    private let record: WebhookHealth

    public init(settings: WebhookSettings, client: any WebClient, clock: any WallClock) {
        self.settings = settings
        self.client = client
        self.clock = clock
        record = WebhookHealth(host: settings.url.host)
    }

    public var health: Health { record.health }

    public func deliver(_ claim: Claim) async -> Outcome {
        let body = WebhookDocument(claim).json.encoded
        let signature = WebhookSignature(secret: settings.secret, body: body, at: clock.now())
        let request = OutgoingRequest(
            .post, settings.url,
            headers: [
                ("Content-Type", "application/json"), ("User-Agent", "Homeline"), ("X-Homeline-Signature", signature.field),
                ("X-Homeline-Delivery", claim.delivery.id.description),
            ],
            body: body, timeout: settings.timeout, answerBody: .none)
        let outcome: Outcome
        do {
            outcome = interpret(try await client.send(request))
        } catch {
            outcome = error.disposition == .retry ? .deferred(error, until: nil) : .failed(error)
        }
        record.note(outcome)
        return outcome
    }

    /// 2xx is taken, 410 is never wanted; what a server may get over is tried again, when it says or by the retry policy.
    private func interpret(_ answer: OutgoingAnswer) -> Outcome {
        let failure = Failure(.http(answer.status))
        switch answer.status {
        case 200..<300: return .accepted(reference: nil)
        case 408, 425, 429, 500...: return .deferred(failure, until: retryTime(answer))
        default: return .failed(failure)
        }
    }

    /// Shorter ones are less than the retry policy waits itself, and a server that says 0 would be asked without a pause.
    private static let shortestWait: Int64 = 5

    /// Retry-After in seconds (RFC 9110 §10.2.3), at most a day.
    private func retryTime(_ answer: OutgoingAnswer) -> Instant? {
        guard let seconds = answer.header("Retry-After").flatMap({ Int64($0) }), seconds >= Self.shortestWait else { return nil }
        return clock.now() + .seconds(min(seconds, 86400))
    }
}
