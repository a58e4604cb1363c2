import Exchange
import HTTPStack
import Kinds
import Telephony

/// Sends messages as the template says: one request a message.
struct GatewayTrunk: MessageTrunk {
    let line: LineID
    let template: GatewayTemplate
    let site: GatewaySite
    let from: String?
    let timeout: Duration
    let client: any WebClient
    let files: FilePreparation?
    let health: GatewayHealth
    let notices: any OwnerNotices
    let mint: Mint
    /// Nil for a gateway that takes texts as fast as they come.
    let pace: Pace?

    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .failed(Failure(.refused, "this is not for a carrier")) }
        // A gateway has no way to tell who sent a message that it was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        if let reference = claim.acceptedSegments[0] { return .accepted(reference: reference) }
        guard let recipient = recipients.first, recipients.count == 1 else {
            return .failed(Failure(.refused, "this gateway takes messages to one recipient"))
        }
        let request: OutgoingRequest, filling: Filling
        do {
            filling = try await fill(claim, to: recipient, journal)
            request = try prepare(filling)
        } catch {
            return error.disposition == .retry ? .deferred(error, until: nil) : .failed(error)
        }
        let answer = filling.files.isEmpty ? template.answer : template.filesAnswer ?? template.answer
        let outcome = await submit(request, read: answer, claim, journal)
        health.note(outcome)
        return outcome
    }

    private func fill(_ claim: Claim, to recipient: Address, _ journal: any SendJournal) async throws(Failure) -> Filling {
        var filling = Filling(to: recipient, from: from, text: claim.message.text, id: claim.delivery.id.description, site: site)
        let media = claim.message.parts.filter { $0.text == nil }
        if !media.isEmpty {
            guard template.files != nil, let files else { throw Failure(.refused, "this line takes texts only") }
            guard media.count <= template.fileCount else { throw Failure(.refused, "this gateway takes \(template.fileCount) files at most in one message") }
            let prepared = try await files.prepare(media, of: claim.message)
            filling.files = prepared.files
            let lines = [claim.message.text].filter { !$0.isEmpty } + prepared.words
            filling.text = lines.joined(separator: "\n")
            // For whoever asks later; the message goes without it, too.
            try? await journal.fitted(prepared.changes)
        }
        return filling
    }

    private func prepare(_ filling: Filling) throws(Failure) -> OutgoingRequest {
        var request = try chosen(filling).filled(filling)
        request.timeout = timeout
        request.repetition = template.repetition
        request.answerBody = .whole(limit: Finder.limit)
        return request
    }

    private func chosen(_ filling: Filling) throws(Failure) -> RequestTemplate {
        if let files = template.files, !filling.files.isEmpty { return files }
        guard let limit = template.longerThan, let text = filling.text, text.utf8.count > limit else { return template.text }
        guard let long = template.long else { throw Failure(.refused, "this gateway takes texts of \(limit) octets at most") }
        return long
    }

    private func submit(_ request: OutgoingRequest, read reading: AnswerTemplate, _ claim: Claim, _ journal: any SendJournal) async -> Outcome {
        await pace?.turn()
        guard !Task.isCancelled else { return .deferred(Failure(.unreachable, "Homeline is stopping"), until: nil) }
        do {
            try await journal.willSubmit(segment: 0, of: 1)
        } catch {
            return .deferred(Failure(.unreachable, "\(error)"), until: nil)
        }
        let answer: OutgoingAnswer
        do {
            answer = try await client.send(request)
        } catch {
            return outcome(of: error)
        }
        switch reading.verdict(on: answer) {
        case .taken(let reference):
            await notices.clear(line, topic: Self.topic, "The gateway of this line knows us again.")
            return await note(reference ?? claim.delivery.id.description, journal)
        case .later(let failure): return .deferred(discreet(failure, claim), until: retryTime(answer))
        case .stranger(let failure):
            let failure = discreet(failure, claim), words = failure.detail.isEmpty ? "" : " It says: \(failure.detail)."
            await notices.tell(
                line, topic: Self.topic,
                "The gateway of this line does not accept our login.\(words) Look at its user and secret in the settings, and at the account there; what is written meanwhile waits.")
            return .deferred(failure, until: nil)
        case .refused(let failure): return .failed(discreet(failure, claim))
        case .lost(let failure): return outcome(of: discreet(failure, claim))
        }
    }

    private static let topic = "gateway.stranger"

    private func note(_ reference: String, _ journal: any SendJournal) async -> Outcome {
        do {
            try await journal.accepted(segment: 0, reference: reference)
            return .accepted(reference: reference)
        } catch {
            // The gateway has it, and we could not note that: sending it again would double it.
            return outcome(of: Failure(.lostAnswer, "\(error)"))
        }
    }

    /// Of a gateway that knows a repetition for one, a lost answer is only asked for again.
    private func outcome(of failure: Failure) -> Outcome {
        switch failure.disposition {
        case .inDoubt: template.repetition == .harmless ? .deferred(Failure(.timeout, failure.detail), until: nil) : .inDoubt(failure)
        case .retry: .deferred(failure, until: nil)
        case .permanent, .needsOperator: .failed(failure)
        }
    }

    /// A gateway may quote what it was sent; what is private is not kept with a failure.
    private func discreet(_ failure: Failure, _ claim: Claim) -> Failure {
        let secrets = [site.secret, claim.message.text].compactMap { $0 }.filter { $0.count > 3 }
        return secrets.contains(where: failure.detail.contains) ? Failure(failure.cause) : failure
    }

    /// Retry-After in seconds (RFC 9110 §10.2.3), at most a day. Nobody who says 0 means a thousand times a second.
    private func retryTime(_ answer: OutgoingAnswer) -> Instant? {
        guard let seconds = answer.header("Retry-After").flatMap({ Int64($0) }), seconds >= 0 else { return nil }
        return mint.now() + .seconds(min(max(seconds, 5), 86400))
    }
}
