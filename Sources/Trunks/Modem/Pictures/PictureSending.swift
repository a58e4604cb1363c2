import Exchange
import Files
import Kinds
import MMS
import Messaging
import Telephony

/// Sends claims as picture messages: their parts fitted to what the carrier takes, written as M-Send.req, posted to its MMSC.
struct PictureSending: Sendable {
    /// Posts a PDU; `willSend` is awaited before the first octet leaves.
    typealias Post = @Sendable (_ pdu: [UInt8], _ willSend: @escaping @Sendable () async throws(MM1Failure) -> Void) async throws(MM1Failure) -> [UInt8]

    let numbers: NumberPlan
    let premium: PremiumNumbers
    let composer: MultimediaComposer
    let fitting: PartFitting
    /// Where files that the carrier does not take are fetched; nil where they are refused.
    let links: SharedFiles?
    let limits: @Sendable () async -> MultimediaLimits
    let post: Post
    let now: @Sendable () -> Instant

    /// Nil where the environment fits nothing.
    init?(over multimedia: ModemMultimedia, settings: ModemSettings, environment: ModemEnvironment) {
        guard let fitting = environment.fitting, let numbers = environment.numbers, let preferences = settings.multimedia else { return nil }
        self.numbers = numbers
        self.fitting = fitting
        links = environment.links
        premium = settings.premium
        composer = MultimediaComposer(reports: preferences.reports, readReports: preferences.readReports)
        limits = { await multimedia.limits }
        post = { pdu, willSend async throws(MM1Failure) in try await multimedia.post(pdu, willSend: willSend) }
        now = environment.now
    }

    /// How the claim's message leaves, or why it does not.
    func plan(of claim: Claim) -> TransportPlan {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .refused(Failure(.refused, "this is not for a carrier")) }
        return TransportPlan(claim.message, to: recipients, numbers: numbers, premium: premium, multimedia: .available)
    }

    /// How an attempt ended, or goes on.
    enum Attempt {
        case ended(Outcome)
        /// Nothing but words is left of it: it leaves as a text.
        case text(String)
    }

    func send(_ parts: [Telephony.Part], to recipients: [Telephony.Address], _ claim: Claim, journal: any SendJournal) async -> Attempt {
        // Of one transmission all recipients have the reference; an earlier attempt that has it was accepted. Segments of a text are counted there.
        if links == nil, let reference = claim.acceptedSegments[0] { return .ended(.accepted(reference: reference)) }
        let limits = await limits()
        guard recipients.count <= limits.recipients else {
            return .ended(.failed(Failure(.refused, "the carrier takes \(limits.recipients) recipients at most")))
        }
        do {
            let fitted = try await fitting.fit(
                parts, to: limits, overhead: MultimediaComposer.overhead(parts: parts.count, recipients: recipients.count),
                remainder: PartFitting.Remainder(links, of: claim.message))
            // What cannot be noted goes all the same: it is for the curious.
            try? await journal.fitted(fitted.flatMap(\.changes))
            if let words = Self.words(of: fitted, claim.message, to: recipients) { return .text(words) }
            if let reference = claim.acceptedSegments[0] { return .ended(.accepted(reference: reference)) }
            let pdu = try composer.compose(
                fitted, subject: claim.message.subject, to: recipients, transaction: "\(claim.delivery.id)", date: now())
            return .ended(await submit(pdu, to: recipients.count, journal: journal))
        } catch {
            return .ended(error.disposition == .retry ? .deferred(error, until: nil) : .failed(error))
        }
    }

    /// Nil where it must be a picture message: it has a file, a subject or several recipients.
    private static func words(of parts: [FittedPart], _ message: Telephony.Message, to recipients: [Telephony.Address]) -> String? {
        guard recipients.count == 1, recipients[0].isDialable, message.subject == nil, parts.allSatisfy({ $0.mediaType == "text/plain" }) else { return nil }
        return parts.map { String(decoding: $0.octets, as: UTF8.self) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Every recipient is a segment of its own: each phone reports for itself.
    private func submit(_ pdu: [UInt8], to recipients: Int, journal: any SendJournal) async -> Outcome {
        let answer: [UInt8]
        do {
            answer = try await post(pdu) { () throws(MM1Failure) in
                for segment in 0..<recipients {
                    do {
                        try await journal.willSubmit(segment: segment, of: recipients)
                    } catch {
                        throw .temporary(Failure(.unreachable, "\(error)"), retryAfter: nil)
                    }
                }
            }
        } catch {
            return error.sendingOutcome(now: now())
        }
        switch SendAnswer(answer) {
        case .taken(let reference): return await note(reference, of: recipients, journal)
        case .refused(let failure): return failure.disposition == .retry ? .deferred(failure, until: nil) : .failed(failure)
        case .unreadable(let why): return .inDoubt(Failure(.lostAnswer, why))
        }
    }

    private func note(_ reference: String, of recipients: Int, _ journal: any SendJournal) async -> Outcome {
        do {
            for segment in 0..<recipients { try await journal.accepted(segment: segment, reference: reference) }
            return .accepted(reference: reference)
        } catch {
            // The carrier has it, and we could not note that: sending it again would double it.
            return .inDoubt(Failure(.lostAnswer, "\(error)"))
        }
    }

    // MARK: - Read reports

    /// Tells who sent a message that it was read here (M-Read-Rec.ind). It costs nobody anything when it comes twice.
    func tellRead(_ claim: Claim) async -> Outcome {
        guard let reference = claim.message.readReportReference, let sender = claim.message.sender else {
            return .failed(Failure(.refused, "nobody asked for a read report"))
        }
        do {
            let pdu = try composer.readReport(on: reference, to: sender, at: now())
            _ = try await post(pdu) {}
            return .accepted(reference: nil)
        } catch let failure as Failure {
            return .failed(failure)
        } catch let failure as MM1Failure {
            let outcome = failure.sendingOutcome(now: now())
            if case .inDoubt(let failure) = outcome { return .deferred(failure, until: nil) }
            return outcome
        } catch {
            return .deferred(Failure(.unreachable), until: nil)
        }
    }
}

extension MM1Failure {
    func sendingOutcome(now: Instant) -> Outcome {
        switch self {
        case .temporary(let failure, let wait): .deferred(failure, until: wait.map { now + $0 })
        case .lost(let failure): .inDoubt(failure)
        case .gone(let failure), .permanent(let failure): .failed(failure)
        case .tooLarge, .refusedAddress: .failed(failure)
        }
    }
}
