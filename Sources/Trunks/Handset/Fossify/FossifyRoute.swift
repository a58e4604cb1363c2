import Exchange
import HTTPStack
import Messaging
import Telephony

/// `POST /webhook/fossify`: takes what the phone received. It is told `delivered` when that is durable, and asks only once.
struct FossifyRoute: Sendable {
    /// Octets of a post: a film of 30 MB, as JSON carries it.
    static let bodyLimit = 40 * 1024 * 1024
    /// The phone waits 10 seconds for the answer.
    static let patience: Duration = .seconds(7)

    private let settings: FossifySettings
    private let context: HandsetContext
    private let secret: SharedSecret
    /// The phone is there.
    private let heard: @Sendable () -> Void

    init(settings: FossifySettings, context: HandsetContext, heard: @escaping @Sendable () -> Void) {
        self.settings = settings
        self.context = context
        self.heard = heard
        secret = SharedSecret(settings.webhookToken, clock: context.clock)
    }

    var operation: Operation {
        Operation(.post, settings.path, access: .own, reading: Self.bodyLimit) { request, body in
            do {
                // Before any of the body: a stranger's pictures are not waited for.
                try secret.check(authorization: request.header("Authorization"), from: request.source)
            } catch let problem as Problem {
                return .refusal(problem)
            }
            var octets: [UInt8] = []
            try await body.read { octets += $0 }
            return await take(octets)
        }
    }

    private func take(_ octets: [UInt8]) async -> Response {
        let message: HandedMessage
        do {
            message = try FossifyWebhook(decoding: octets).message
        } catch {
            return .error(400, error.words)
        }
        do {
            try await context.record([arrival(of: message)], patience: Self.patience)
            heard()
            return .json(200, ["status": "delivered"])
        } catch {
            return .error(503, "The message could not be stored", retryAfter: 5)
        }
    }

    /// A post that comes again has the same octets, the time among them, and is the same receipt. Without a time, two equal posts are two
    /// messages: the app posts each message once and never again, and of a person who says yes twice nothing may be lost.
    private func arrival(of message: HandedMessage) -> Inbox.Arrival {
        let place = message.sentAt == nil ? "webhook/\(context.mint.identifier(Message.self))" : "webhook"
        return Inbox.Arrival(place: place, format: .handover, octets: Handover.message(message).encoded())
    }
}
