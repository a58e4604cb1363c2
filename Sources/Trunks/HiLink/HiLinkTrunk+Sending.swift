import Exchange
import HTTPStack
import Messaging
import Telephony

extension HiLinkTrunk: MessageTrunk {
    /// Brings the claim's text to the network in as many portions as the router needs, one after the other.
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        // A HiLink router cannot tell that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        return await sending.take { await self.sendText(claim, journal: journal) } ?? .deferred(Failure(.unreachable), until: nil)
    }

    private func sendText(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .failed(Failure(.refused, "this is not for a carrier")) }
        if case .blocked(let obstacle) = status.phase { return putOff(by: obstacle) }
        if let sim = status.sim { return putOff(by: sim) }
        switch TransportPlan(claim.message, to: recipients, numbers: environment.numbers, premium: settings.premium) {
        case .refused(let failure): return .failed(failure)
        case .multimedia: return .failed(Failure(.refused, "pictures and files can't be sent through a HiLink router"))
        case .shortMessage(let text, let recipient): return await sendText(text, to: recipient, claim, journal: journal)
        }
    }

    /// Until the line is back.
    private func putOff(by obstacle: Obstacle) -> Outcome {
        returnOwed.owe()
        return .deferred(Failure(.unreachable, obstacle.sentence), until: .distantFuture)
    }

    private func sendText(_ text: String, to recipient: Address, _ claim: Claim, journal: any SendJournal) async -> Outcome {
        let portions = TextPortions.cut(text, segments: settings.segmentsPerText)
        let open = portions.indices.filter { claim.acceptedSegments[$0] == nil }
        let segments = open.reduce(0) { $0 + TextPortions.segments(of: portions[$1]) }
        if let until = rate.take(segments, now: environment.now()) { return .deferred(Failure(.rateLimited), until: until) }
        let reference = ReceivedText.reference(for: recipient)
        for index in open {
            guard !Task.isCancelled else { return .deferred(Failure(.unreachable), until: nil) }
            do {
                try await journal.willSubmit(segment: index, of: portions.count)
            } catch {
                return .deferred(Failure(.unreachable, "\(error)"), until: nil)
            }
            let outcome = await submit(portions[index], to: recipient)
            guard case .accepted = outcome else { return outcome }
            do {
                try await journal.accepted(segment: index, reference: reference)
            } catch {
                // The network has it, and we could not note that: sending it again would double it.
                return .inDoubt(Failure(.lostAnswer, "\(error)"))
            }
        }
        return .accepted(reference: reference)
    }

    /// One request to send, and what became of it.
    private func submit(_ text: String, to recipient: Address) async -> Outcome {
        let mark = SentBox.Mark(phone: recipient.text, content: text, date: settings.clock.text(nextDate()))
        for isLastTry in [false, true] {
            do {
                _ = try await link.post("api/sms/send-sms", Self.request(mark), repetition: .costly)
            } catch {
                if case .error(let refusal) = error, refusal.meaning == .messageStore, !isLastTry {
                    try? await receive()
                    continue
                }
                return await outcome(of: error, mark)
            }
            break
        }
        let outcome = await result(of: mark, recipient)
        if case .inDoubt = outcome { return outcome }
        copies.insert(mark)
        return outcome
    }

    private static func request(_ mark: SentBox.Mark) -> [RequestBody.Field] {
        [
            .text("Index", "-1"), .group("Phones", [.text("Phone", mark.phone)]), .text("Sca", ""), .text("Content", mark.content),
            .text("Length", "\(mark.content.utf16.count)"), .text("Reserved", TextPortions.isPlain(mark.content) ? "1" : "0"), .text("Date", mark.date),
        ]
    }

    /// A second that no other request of ours has.
    private func nextDate() -> Instant {
        let now = Instant(seconds: environment.now().seconds)
        let date = lastDate.map { max(now, $0 + .seconds(1)) } ?? now
        lastDate = date
        return date
    }

    // MARK: - What became of it

    /// So often is a router that took a text asked what became of it; half a minute and more.
    static let statusLooks = 40
    static let statusPause = Duration.milliseconds(500)
    /// A router that restarts is back after two minutes.
    static let settlingLooks = 8
    static let settlingPause = Duration.seconds(15)

    private func outcome(of trouble: RouterTrouble, _ mark: SentBox.Mark) async -> Outcome {
        guard trouble.isRefusal else { return await settle(mark, Failure(.lostAnswer, trouble.failure.detail)) }
        // Only the router's own word on the text gives it up. Who answers in another way is being restarted, or is somebody else for now.
        guard case .error(let refusal) = trouble, refusal.meaning == .badRequest else { return .deferred(trouble.failure, until: nil) }
        return .failed(trouble.failure)
    }

    /// The router has it; now it tells of the network.
    private func result(of mark: SentBox.Mark, _ recipient: Address) async -> Outcome {
        for _ in 0..<Self.statusLooks where !Task.isCancelled {
            guard let answer = try? await link.get("api/sms/send-status") else { break }
            switch SendStatus(answer, phone: mark.phone) {
            case .sent: return .accepted(reference: nil)
            case .failed: return .deferred(Self.notTaken, until: nil)
            case .unknown, .sending: try? await environment.pause(Self.statusPause)
            }
        }
        return await settle(mark, Failure(.lostAnswer, "the router did not say what became of the text"))
    }

    /// Nobody said what became of it: the router's own copy may. Where it has none the text stays in doubt.
    private func settle(_ mark: SentBox.Mark, _ doubt: Failure) async -> Outcome {
        var vainLooks = 0
        for _ in 0..<Self.settlingLooks where !Task.isCancelled {
            switch await finding(of: mark) {
            case .sent?: return .accepted(reference: nil)
            case .failed?: return .deferred(Self.notTaken, until: nil)
            case .unknown?: vainLooks += 1
            case .pending?, nil: break
            }
            // A slow router may still be at it; what it keeps, it keeps by the second look.
            guard vainLooks < 2 else { break }
            try? await environment.pause(Self.settlingPause)
        }
        return .inDoubt(doubt)
    }

    /// Nil while the router does not answer.
    private func finding(of mark: SentBox.Mark) async -> SentBox.Finding? {
        guard let sent = try? await list(.sent, order: .newestFirst), let drafts = try? await list(.drafts, order: .newestFirst) else { return nil }
        return SentBox.finding(mark, sent: sent.texts, drafts: drafts.texts)
    }

    private static let notTaken = Failure(.unreachable, "the network did not take the text from the router")
}
