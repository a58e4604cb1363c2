import Exchange
import SIP
import SIPStack
import Telephony

extension Softphone {
    /// MESSAGE from an app (RFC 3428): 202 when it is durable, never later than that and never before.
    nonisolated(nonsending) func receive(_ incoming: IncomingRequest) async -> Response {
        let person: Person, app: AppPassword.ID?
        switch await prove(incoming) {
        case .failure(let refusal): return refusal.response
        case .success(let found): (person, app) = found
        }
        switch IncomingBody(of: incoming.request) {
        case .composing:
            return incoming.response(.ok)
        case .notification(let notification):
            return await note(notification, of: person.id, incoming)
        case .unsupported(let type):
            var response = incoming.response(.unsupportedMediaType, reason: "\(type.prefix(60)) cannot be sent as a text")
            response.headers.set(.accept, Self.accepted)
            return response
        case .malformed(let reason):
            return incoming.response(.badRequest, reason: String(reason.prefix(100)))
        case .text(let text, let reference):
            return await submit([.text(text)], reference: reference, from: person, incoming)
        case .files(let files, let text, let reference):
            do {
                let parts = (text.isEmpty ? [] : [Part.text(text)]) + (try await named.parts(of: files))
                // To fetch them may have taken a while: what counts is who the sender is by now, and which lines they have.
                guard let person = stillProven(person, by: app) else { return incoming.response(.forbidden, reason: Self.passwordWasChanged) }
                return await submit(parts, reference: reference, from: person, incoming)
            } catch {
                return refusal(of: error, incoming)
            }
        }
    }

    /// The app's own ticks. That it has a message is its answer's business; that the message was looked at may be its sender's.
    private nonisolated(nonsending) func note(_ notification: IMDN, of person: PersonID, _ incoming: IncomingRequest) async -> Response {
        // Our Call-IDs begin with the delivery's name, whichever piece of the message was looked at.
        guard notification.disposition == .displayed, let delivery = DeliveryID(notification.messageID.prefix(26)) else { return incoming.response(.ok) }
        do {
            try await context.submissions.wasRead(delivery, by: person)
            return incoming.response(.ok)
        } catch {
            var response = incoming.response(.serviceUnavailable)
            response.headers.retryAfter = 10
            return response
        }
    }

    private static let accepted = "text/plain, message/cpim, \(ContentType.fileTransfer), \(AcrobitsFiles.mediaType), message/external-body"

    private nonisolated(nonsending) func submit(_ parts: [Part], reference: String, from person: Person, _ incoming: IncomingRequest) async -> Response {
        do {
            let (line, recipients) = try await destination(of: incoming.request, for: person)
            let app = incoming.request.headers[.userAgent] ?? ""
            let submission = Submission(
                line: line, sender: person.id, recipients: recipients, parts: parts,
                idempotencyKey: "\(person.id)/\(incoming.request.headers.callID ?? reference)",
                origin: Origin(endpoint: context.id, person: person.id, device: nil, reference: reference),
                gathering: gathering(parts, over: line, by: person.id, app: app))
            _ = try await context.submissions.submit(submission)
            return incoming.response(.accepted)
        } catch let error as SubmissionError {
            return refusal(of: error, incoming)
        } catch {
            return incoming.response(.serverInternalError)
        }
    }

    /// Apps send words and each file by itself; over a line that takes files they wait for one another. A text on its way to a line that takes
    /// texts alone, or from an app that was never seen to send files, waits for nothing.
    private func gathering(_ parts: [Part], over line: LineID, by person: PersonID, app: String) -> Gathering? {
        guard line != .house, context.submissions.takesFiles(line) else { return nil }
        if uploads.isUploading(person) { return Gathering(quiet: .seconds(10)) }
        if parts.contains(where: { $0.text == nil }) { return Gathering(quiet: .seconds(3)) }
        return FileForm(userAgent: app) == .transfer ? Gathering(quiet: .seconds(1)) : nil
    }

    /// Who is meant, and by which line they are reached: a person of this house, the members of a group, or an address over the line they were
    /// last heard on.
    private nonisolated(nonsending) func destination(of request: Request, for person: Person) async throws -> (LineID, [Telephony.Address]) {
        guard let user = uris.user(of: request.uri), !user.isEmpty else { throw SubmissionError.noRecipients }
        // Somebody of that name elsewhere is somebody else.
        if uris.isHere(request.uri, for: request.headers.from?.uri) {
            if directory.person(PersonID(user)) != nil { return (.house, [.person(PersonID(user))]) }
            if let number = PartyURIs.group(of: user) { return try await group(number, for: person) }
        }
        guard let first = person.lines.first else { throw SubmissionError.refused(Failure(.refused, "you have no line")) }
        guard person.lines.count > 1 else { return (first, [try context.submissions.address(user, line: first)]) }
        let conversations = try await context.ledger.conversations(limit: 500, lines: person.lines)
        for conversation in conversations {
            guard let address = try? context.submissions.address(user, line: conversation.line) else { continue }
            if conversation.participants == [address] { return (conversation.line, [address]) }
        }
        return (first, [try context.submissions.address(user, line: first)])
    }

    /// All of a conversation of several; only over a line that the person has.
    private nonisolated(nonsending) func group(_ number: Int64, for person: Person) async throws -> (LineID, [Telephony.Address]) {
        guard let conversation = try await context.ledger.conversation(number: number), conversation.participants.count > 1,
            person.lines.contains(conversation.line)
        else { throw SubmissionError.badRecipient("group-\(number)", reason: "you have no such group") }
        return (conversation.line, conversation.participants)
    }

    private func refusal(of error: FileRefusal, _ incoming: IncomingRequest) -> Response {
        let reason = String(error.description.prefix(100))
        switch error {
        case .encrypted: return incoming.response(.unsupportedMediaType, reason: reason)
        case .unknown: return incoming.response(.notFound, reason: reason)
        case .gone: return incoming.response(.gone, reason: reason)
        case .notAllowed: return incoming.response(.forbidden, reason: reason)
        case .notFetched(let failure): return incoming.response(failure.disposition == .retry ? .badGateway : .forbidden, reason: reason)
        case .store(.tooLarge): return incoming.response(.requestEntityTooLarge, reason: reason)
        case .store, .ledger:
            var response = incoming.response(.serviceUnavailable)
            response.headers.retryAfter = 10
            return response
        }
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
