import Exchange
import HTTPStack
import Telephony

/// What came of sending something from a page.
enum Sent {
    case message(MessageID)
    /// It waits for its time.
    case held
}

extension Pages {
    private static let farthest: Duration = .seconds(366 * 86400)
    private static let heldLimit = 100
    /// Octets of all that one person has waiting: they are all read for each page that shows it.
    private static let heldRoom = 5 * NewParts.octetLimit

    /// Sends what was written, or holds it until its time; the same key of the same person is the same message. Throws `Mistake`.
    func send(_ draft: Draft, files: [NewParts.Draft], over line: LineID, to recipients: [Address], by visitor: Visitor) async throws -> Sent {
        guard !draft.key.isEmpty else { throw Problem.badRequest(words.pageIsOld) }
        if !files.isEmpty, !desk.submissions.takesFiles(line) { throw Mistake(.files, words.textsOnly(line.name)) }
        let text = draft.text.isEmpty ? [] : [Part.text(draft.text)]
        guard draft.time.isEmpty else { return try await hold(draft, text, files, over: line, to: recipients, by: visitor) }
        let parts = text + (try await NewParts(files).kept(in: desk.media))
        do {
            return .message(try await send(parts, key: draft.key, over: line, to: recipients, by: visitor))
        } catch let error as SubmissionError {
            throw Mistake(error)
        } catch is UsedKey {
            throw Mistake(.key, words.sentBefore)
        }
    }

    /// Throws `UsedKey`, and `SubmissionError`.
    func send(
        _ parts: [Part], subject: String? = nil, key: String, over line: LineID, to recipients: [Address], by visitor: Visitor
    ) async throws -> MessageID {
        let reference = "\(visitor.account.person)/\(key)"
        let submission = Submission(
            line: line, sender: visitor.account.person, recipients: recipients, parts: parts, idempotencyKey: reference,
            origin: Origin(endpoint: .console, person: nil, reference: reference), subject: subject)
        let outcome = try await desk.submissions.submit(submission)
        switch outcome.kind {
        case .recorded(let id), .joined(let id): log.info("sent from the console", metadata: ["person": "\(visitor.account.person)", "message": "\(id)"])
        case .duplicate(let id):
            if let first = try await desk.ledger.message(id)?.message, !first.isSame(as: submission) { throw UsedKey(message: first) }
        }
        return outcome.message
    }

    private func hold(
        _ draft: Draft, _ text: [Part], _ files: [NewParts.Draft], over line: LineID, to recipients: [Address], by visitor: Visitor
    ) async throws -> Sent {
        let now = desk.mint.now(), book = desk.personal.book, person = visitor.account.person
        guard let due = times(of: visitor).instant(picked: draft.time) else { throw Mistake(.time, words.noSuchTime) }
        // The minute that is running was meant.
        guard due > now - .seconds(60) else { throw Mistake(.time, words.timeIsPast) }
        guard due < now + Self.farthest else { throw Mistake(.time, words.timeIsFar) }
        let parts = text + files.map { Part(contentType: $0.contentType, octets: $0.octets, name: $0.name) }
        guard parts.contains(where: { $0.size > 0 }) else { throw Mistake(.text, SubmissionError.empty.description) }
        guard draft.text.utf8.count <= Submissions.textLimit else { throw Mistake(.text, SubmissionError.tooLarge("\(Submissions.textLimit)").description) }
        guard !recipients.isEmpty else { throw Mistake(.recipients, SubmissionError.noRecipients.description) }
        guard let name = HeldMessageID(draft.key) else { throw Problem.badRequest(words.pageIsOld) }
        let message = HeldMessage(id: name, person: person, line: line, recipients: recipients, parts: parts, due: due, heldAt: now)
        guard try await isNew(message) else { return .held }
        try await book.hold(message)
        desk.personal.heldMessages.ring()
        return .held
    }

    /// False where it waits already. Throws `Mistake` where there is no room for it, or its key is another message's.
    private func isNew(_ message: HeldMessage) async throws -> Bool {
        let waiting = try await desk.personal.book.heldMessages(of: message.person)
        if let before = waiting.first(where: { $0.id == message.id }) {
            guard before.isSame(as: message) else { throw Mistake(.key, words.sentBefore) }
            return false
        }
        let sent = try await desk.ledger.message(origin: .console, reference: HeldMessages.reference(of: message))
        guard sent == nil else { throw Mistake(.key, words.sentBefore) }
        guard waiting.count < Self.heldLimit else { throw Mistake(.time, words.tooManyWait) }
        guard (waiting + [message]).reduce(0, { $0 + $1.size }) <= Self.heldRoom else { throw Mistake(.files, words.tooMuchWaits) }
        return true
    }

    /// What a line takes beside texts; nil for nothing.
    func attachments(_ line: LineID) async -> Attachments? {
        guard desk.submissions.takesFiles(line) else { return nil }
        return Attachments(limit: await desk.personal.limits(line)?.size)
    }
}
