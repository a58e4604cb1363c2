import Exchange
import HTTPStack
import Messaging
import Telephony

/// `POST /webhook/httpsms/<line>`: takes the server's events, each with a signed token.
struct HTTPSMSRoute: Sendable {
    static let bodyLimit = 256 * 1024

    private let settings: HTTPSMSSettings
    private let context: HandsetContext
    private let secret: SharedSecret
    private let attachments: HTTPSMSAttachments
    private let fetched: HTTPSMSFetched
    /// An event was not taken whole: the server's list is to be read.
    private let incomplete: @Sendable () -> Void

    init(settings: HTTPSMSSettings, context: HandsetContext, fetched: HTTPSMSFetched, incomplete: @escaping @Sendable () -> Void) {
        self.settings = settings
        self.context = context
        self.fetched = fetched
        self.incomplete = incomplete
        secret = SharedSecret(settings.signingKey, clock: context.clock)
        attachments = HTTPSMSAttachments(client: context.client)
    }

    static func path(of line: LineID) -> String { "/webhook/httpsms/\(line.name)" }

    var operation: Operation {
        Operation(.post, Self.path(of: context.line), access: .own, reading: Self.bodyLimit) { request, body in
            let token = SharedSecret.token(request.header("Authorization")).flatMap { HTTPSMSToken($0) }
            do {
                // Before any of the body.
                try secret.check(code: token?.signature, of: token?.signed ?? [], from: request.source)
            } catch let problem as Problem {
                return .refusal(problem)
            }
            guard token?.isValid(at: context.mint.now()) == true else { return .error(401, "The token's time is over or has not come") }
            var octets: [UInt8] = []
            try await body.read { octets += $0 }
            return await take(octets)
        }
    }

    private func take(_ octets: [UInt8]) async -> Response {
        let event: HTTPSMSEvent
        do {
            event = try HTTPSMSEvent(decoding: octets, of: settings.number)
        } catch {
            return .error(400, error.words)
        }
        do {
            switch event {
            case .other: break
            case .report(let report): try await context.record([.httpSMS(report)], patience: settings.patience)
            case .received(let id, _, _) where fetched.has(id): break
            case .received(let id, let files, let message):
                let whole = try await attachments.complete(message, files, timeout: settings.patience)
                try await context.record([.httpSMS(whole, id: id)], patience: settings.patience)
                if !files.isEmpty { fetched.note(id, at: context.mint.now()) }
            }
            return .json(200, ["status": "success"])
        } catch {
            // The server has it still, and is asked for it until it is here.
            incomplete()
            return .error(503, "The message could not be stored", retryAfter: 5)
        }
    }
}
