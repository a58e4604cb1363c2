import Exchange
import HTTPStack
import Telephony

/// `POST /api/v1/messages`: answers 202 once the message is durable, and the same again for a repeated key.
struct SubmitMessage: Sendable {
    let desk: Desk

    /// The longest text with every octet escaped, all the files there may be in base64, and room for the rest.
    private static let bodyLimit = 256 * 1024 + NewParts.octetLimit / 3 * 4
    private static let keyLimit = 200
    private static let subjectLimit = 200

    var operation: Operation {
        Operation(.post, "/api/v1/messages", access: .scope(.send), bodyLimit: Self.bodyLimit, respond: respond)
    }

    private func respond(_ request: Request) async throws -> Response {
        let submission = try await submission(request)
        let counted = try await admit(submission, of: request.caller)
        let outcome: SubmissionOutcome
        do {
            outcome = try await desk.submissions.submit(submission)
        } catch {
            desk.sendRate?.giveBack(counted, to: request.caller.name)
            throw Problem(error)
        }
        if case .duplicate(let id) = outcome.kind {
            desk.sendRate?.giveBack(counted, to: request.caller.name)
            try await compare(submission, with: id)
        }
        var response = Response.json(202, ["id": .string(outcome.message.description)])
        response.headers.append(("Location", "/api/v1/messages/\(outcome.message)"))
        return response
    }

    /// What the message counts against its caller's rate. Whoever calls over the local socket is the owner, and not limited; a key that was
    /// used before sends nothing, and passes whatever was sent since.
    private func admit(_ submission: Submission, of caller: Caller) async throws -> Int {
        guard let rate = desk.sendRate, caller != .local else { return 0 }
        let count = submission.recipients.count
        guard let wait = rate.take(count, from: caller.name, now: desk.mint.now()) else { return count }
        if try await desk.ledger.message(origin: .api, reference: submission.idempotencyKey) != nil { return 0 }
        throw Problem(429, "rate_limited", "This token has sent as much as it may for now", retryAfter: wait)
    }

    private func submission(_ request: Request) async throws(Problem) -> Submission {
        var fields = try Fields(request.body)
        let line = try desk.line(try fields.text("line"), field: "line")
        let to = try fields.texts("to")
        let parts = try NewParts(try fields.objects("parts"))
        let subject = try subject(try fields.optionalText("subject"))
        let text = try fields.optionalText("text")
        guard text?.isEmpty != true else { throw .unprocessable("Empty; leave it out where there are parts", field: "text") }
        guard text != nil || parts.count > 0 else { throw .badRequest("Missing", field: "text") }
        let key = try key(given: try fields.optionalText("idempotencyKey"), request)
        try fields.end()
        let recipients = try recipients(to, line: line)
        if parts.count > 0, !desk.submissions.takesFiles(line) { throw Problem(422, "refused", "The line \(line) sends texts only", field: "parts") }
        let words = text.map { [Part.text($0)] } ?? []
        return Submission(
            line: line, sender: nil, recipients: recipients, parts: words + (try await parts.kept(in: desk.media)), idempotencyKey: key,
            origin: Origin(endpoint: .api, person: nil, reference: key), subject: subject)
    }

    private func subject(_ text: String?) throws(Problem) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= Self.subjectLimit, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw .unprocessable("At most \(Self.subjectLimit) octets on one line", field: "subject")
        }
        return text
    }

    private func recipients(_ texts: [String], line: LineID) throws(Problem) -> [Address] {
        guard texts.count <= Submissions.recipientLimit else {
            throw .unprocessable("At most \(Submissions.recipientLimit) recipients", field: "to")
        }
        var recipients: [Address] = []
        for (index, text) in texts.enumerated() {
            do {
                recipients.append(try desk.submissions.address(text, line: line))
            } catch {
                throw .unprocessable(error.description, field: "to[\(index)]")
            }
        }
        return recipients
    }

    /// Keys of different callers are kept apart. Without one every request is a new message.
    private func key(given: String?, _ request: Request) throws(Problem) -> String {
        let header = request.header("Idempotency-Key")
        if let given, let header, given != header { throw .badRequest("Differs from the Idempotency-Key header", field: "idempotencyKey") }
        let key = given ?? header ?? desk.mint.identifier(Message.self).description
        guard !key.isEmpty, key.utf8.count <= Self.keyLimit, key.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .unprocessable("1 to \(Self.keyLimit) octets without control characters", field: "idempotencyKey")
        }
        return request.caller == .local ? "/\(key)" : "\(request.caller.name)/\(key)"
    }

    private func compare(_ submission: Submission, with id: MessageID) async throws {
        guard let first = try await desk.ledger.message(id)?.message else { return }
        guard first.isSame(as: submission) else { throw Problem.conflict("This key was used for another message: \(id)", field: "idempotencyKey") }
    }
}

extension Problem {
    init(_ error: SubmissionError) {
        switch error {
        case .unknownLine: self = .unprocessable(error.description, field: "line")
        case .noRecipients, .badRecipient: self = .unprocessable(error.description, field: "to")
        case .empty: self = .unprocessable(error.description, field: "text")
        case .tooLarge: self = .unprocessable(error.description, field: "text")
        case .refused: self = Problem(422, "refused", error.description, field: "to")
        case .queueFull: self = Problem(503, "queue_full", error.description, retryAfter: SubmissionError.queuePause)
        case .ledger(let error): self.init(error)
        }
    }
}
