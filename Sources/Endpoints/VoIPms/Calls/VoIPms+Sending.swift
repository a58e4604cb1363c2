import Exchange
import HTTPStack
import Telephony

/// `sendSMS` and `sendMMS`.
extension VoIPms {
    /// Octets of a text in strict mode.
    static let strictLimit = 160

    /// A message that was recorded, and what follows when nobody learns of it.
    struct Sent: Sendable {
        let number: Int64
        let whenLost: @Sendable () -> Void
    }

    func sendSMS(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        let (line, recipient) = try await parties(of: call, account)
        guard let text = call.form["message"] else { throw Refusal(.missingText) }
        guard !text.isEmpty else { throw Refusal(.emptyText) }
        if settings.texts == .strict, text.utf8.count > Self.strictLimit { throw Refusal(.tooLong) }
        let sent = try await send([.text(text)], to: recipient, over: line, for: account, call)
        return Reply([("sms", .integer(sent.number))], whenLost: sent.whenLost)
    }

    func sendMMS(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        let (line, recipient) = try await parties(of: call, account)
        var parts = call["message"].map { [Part.text($0)] } ?? []
        let files = MediaFetch.places.compactMap { call[$0] }
        guard files.isEmpty || context.submissions.takesFiles(line) else { throw Refusal(.failed, "The line \(line) sends texts only") }
        for (index, file) in files.enumerated() { parts.append(try await media.part(of: file, number: index + 1)) }
        guard !parts.isEmpty else { throw Refusal(.emptyText) }
        let sent = try await send(parts, to: recipient, over: line, for: account, call)
        return Reply([("mms", .integer(sent.number))], whenLost: sent.whenLost)
    }

    private func parties(of call: Call, _ account: Account) async throws(Refusal) -> (LineID, Address) {
        guard let did = call["did"] else { throw Refusal(.missingDID) }
        guard let line = await line(did, of: account) else { throw Refusal(.invalidDID) }
        guard let destination = call["dst"] else { throw Refusal(.missingDestination) }
        guard let recipient = recipient(destination, over: line) else { throw Refusal(.invalidDestination) }
        return (line, recipient)
    }

    /// Nil for what is no number that a text can be sent to.
    func recipient(_ text: String, over line: LineID) -> Address? {
        let address = PartyNumber.address(text) { try? context.submissions.address($0, line: line) }
        return address.flatMap { $0.isDialable ? $0 : nil }
    }

    /// Records it. What it returned from is durable.
    func send(_ parts: [Part], to recipient: Address, over line: LineID, for account: Account, _ call: Call) async throws(Refusal) -> Sent {
        let sending = Resends.Sending(account: account.name, line: line, recipient: recipient, parts: parts)
        let key = await resends.key(of: sending, isAbandoned: call.isAbandoned)
        let reference = Resends.reference(account: account.name, key: key)
        let submission = Submission(
            line: line, sender: account.person, recipients: [recipient], parts: parts, idempotencyKey: reference,
            origin: Origin(endpoint: context.id, person: account.person, reference: reference))
        defer { resends.answers(sending, key: key) }
        do {
            let number = try await context.submissions.submit(submission).number
            return Sent(number: number) { [resends] in resends.lost(sending, key: key) }
        } catch {
            throw Refusal(error)
        }
    }
}

extension Refusal {
    /// Why nothing was recorded.
    init(_ error: SubmissionError) {
        switch error {
        case .unknownLine: self.init(.invalidDID)
        case .noRecipients, .badRecipient: self.init(.invalidDestination)
        case .empty: self.init(.emptyText)
        case .tooLarge: self.init(.tooLong, error.description)
        case .refused: self.init(.failed, error.description)
        case .queueFull: self.init(.limitReached, error.description)
        case .ledger: self.init(.failed, "Messages cannot be stored right now")
        }
    }
}
