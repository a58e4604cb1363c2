import Exchange
import SIP
import SIPStack
import Telephony

extension Softphone {
    /// MESSAGE from an app (RFC 3428): 202 when it is durable, never later than that and never before.
    nonisolated(nonsending) func receive(_ incoming: IncomingRequest) async -> Response {
        let person: Person
        switch await identify(incoming) {
        case .failure(let refusal): return refusal.response
        case .success(let found): person = found
        }
        switch IncomingBody(of: incoming.request) {
        case .composing:
            return incoming.response(.ok)
        case .notification:
            // The app's own ticks: there is nobody on the cellular side to pass them to.
            return incoming.response(.ok)
        case .unsupported(let type):
            var response = incoming.response(.unsupportedMediaType, reason: "\(type.prefix(60)) cannot be sent as a text")
            response.headers.set(.accept, "text/plain, message/cpim")
            return response
        case .malformed(let reason):
            return incoming.response(.badRequest, reason: String(reason.prefix(100)))
        case .text(let text, let reference):
            return await submit(text, reference: reference, from: person, incoming)
        }
    }

    private nonisolated(nonsending) func submit(_ text: String, reference: String, from person: Person, _ incoming: IncomingRequest) async -> Response {
        do {
            let (line, recipient) = try await destination(of: incoming.request, for: person)
            let submission = Submission(
                line: line, sender: person.id, recipients: [recipient], parts: [.text(text)],
                idempotencyKey: "\(person.id)/\(incoming.request.headers.callID ?? reference)",
                origin: Origin(endpoint: context.id, person: person.id, device: nil, reference: reference))
            _ = try await context.submissions.submit(submission)
            return incoming.response(.accepted)
        } catch let error as SubmissionError {
            return refusal(of: error, incoming)
        } catch {
            return incoming.response(.serverInternalError)
        }
    }

    /// Who is meant, and by which line they are reached: a person of this house, or an address over the line they were last heard on.
    private nonisolated(nonsending) func destination(of request: Request, for person: Person) async throws -> (LineID, Address) {
        guard let user = uris.user(of: request.uri), !user.isEmpty else { throw SubmissionError.noRecipients }
        if directory.person(PersonID(user)) != nil { return (.house, .person(PersonID(user))) }
        guard let first = person.lines.first else { throw SubmissionError.refused(Failure(.refused, "you have no line")) }
        guard person.lines.count > 1 else { return (first, try context.submissions.address(user, line: first)) }
        let conversations = try await context.ledger.conversations(limit: 500, lines: person.lines)
        for conversation in conversations {
            guard let address = try? context.submissions.address(user, line: conversation.line) else { continue }
            if conversation.participants == [address] { return (conversation.line, address) }
        }
        return (first, try context.submissions.address(user, line: first))
    }

    private func refusal(of error: SubmissionError, _ incoming: IncomingRequest) -> Response {
        switch error {
        case .ledger:
            var response = incoming.response(.serviceUnavailable)
            response.headers.retryAfter = 10
            return response
        case .queueFull:
            var response = incoming.response(.serviceUnavailable, reason: error.description)
            response.headers.retryAfter = SubmissionError.queuePause
            return response
        case .badRecipient, .noRecipients, .unknownLine: return incoming.response(.notFound, reason: error.description)
        case .tooLarge: return incoming.response(.requestEntityTooLarge, reason: error.description)
        case .empty: return incoming.response(.badRequest, reason: error.description)
        case .refused: return incoming.response(.forbidden, reason: error.description)
        }
    }
}
