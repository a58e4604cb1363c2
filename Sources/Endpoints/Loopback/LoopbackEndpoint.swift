import Exchange
import Kinds
import Settings
import Telephony

/// An endpoint without an app: it takes everything for every person, and can answer.
///
/// The smallest whole endpoint there is; copy this folder to begin another.
public struct LoopbackEndpoint: MessageEndpoint {
    let context: EndpointContext
    /// Put before the text that came, as the answer; nil for none.
    let answer: String?

    public func deliver(_ claim: Claim) async -> Outcome {
        guard let answer, case .message = claim.delivery.content, claim.message.direction == .incoming, let sender = claim.message.sender,
            sender.isDialable
        else { return .accepted(reference: nil) }
        let submission = Submission(
            line: claim.message.line, sender: nil, recipients: [sender], parts: [.text(answer + claim.message.text)],
            // One answer to one message, however often it is delivered.
            idempotencyKey: claim.message.id.description,
            origin: Origin(endpoint: context.id, person: nil, reference: claim.message.id.description))
        do {
            _ = try await context.submissions.submit(submission)
            return .accepted(reference: nil)
        } catch {
            switch error {
            case .ledger, .queueFull: return .deferred(Failure(.unreachable, error.description), until: nil)
            case .unknownLine, .noRecipients, .badRecipient, .empty, .tooLarge, .refused:
                return .failed(Failure(.refused, error.description))
            }
        }
    }
}

extension LoopbackEndpoint: Service {
    /// Nothing to keep running: an endpoint with connections would hold them here.
    public func run() async throws {
        await WakeSignal().untilCancelled()
    }
}

extension EndpointKind {
    public static let loopback = EndpointKind(
        name: "loopback", summary: "Takes every message; answers when told to. For tests and as a pattern for new kinds.",
        audience: .everyone, keys: [answerKey.documentation]
    ) { section, context in
        let endpoint = LoopbackEndpoint(context: context, answer: try section.optional(answerKey))
        return EndpointPorts(id: context.id, service: endpoint, messages: endpoint, health: { Health(.working, "Takes everything.") })
    }

    private static let answerKey = Key.text("answer", "Text put before the message that came, sent back as the answer.", example: "\"You wrote: \"")
}
