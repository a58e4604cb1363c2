import AT
import Exchange
import Telephony

extension ModemTrunk: MessageTrunk {
    /// Texts one after the other, pictures one after the other: a picture takes minutes, and no text waits for it.
    public func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        // Without picture messages it cannot be told, and is no text: its message's words are the sender's own.
        if case .readReport = claim.delivery.content { return await pictures?.tellRead(claim) ?? .accepted(reference: nil) }
        guard let pictures else { return await sendAsText(claim, journal: journal) }
        switch pictures.plan(of: claim) {
        case .multimedia(let parts, let recipients):
            switch await pictureTurns.take({ await pictures.send(parts, to: recipients, claim, journal: journal) }) {
            case .ended(let outcome): return outcome
            case .text(let words): return await sendAsText(claim.saying(words), journal: journal)
            case nil: return .deferred(Failure(.unreachable), until: nil)
            }
        case .refused(let failure): return .failed(failure)
        case .shortMessage: return await sendAsText(claim, journal: journal)
        }
    }

    private func sendAsText(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        await textTurns.take { await self.sendText(claim, journal: journal) } ?? .deferred(Failure(.unreachable), until: nil)
    }

    /// Brings the claim's segments to the network, in order, as TS 27.005 §3.5.1 has it.
    private func sendText(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard let link = serving, status.canSend else {
            returnOwed.owe()
            return .deferred(Failure(.unreachable, health.summary), until: .distantFuture)
        }
        let commands: [AT.Command]
        do {
            commands = try submissions(of: claim)
        } catch {
            return .failed(error)
        }
        let open = commands.indices.filter { claim.acceptedSegments[$0] == nil }
        if let until = rate.take(open.count, now: environment.now()) {
            return .deferred(Failure(.rateLimited), until: until)
        }
        // The modem may keep the radio link up between the segments.
        if open.count > 1 { _ = await link.perform(.moreMessagesToSend) }
        var reference = claim.acceptedSegments.min { $0.key < $1.key }?.value
        for segment in open {
            let result = await withTaskCancellationHandler {
                await submit(commands[segment], segment: segment, of: commands.count, over: link, journal: journal)
            } onCancel: {
                // Nobody can wait for the answer any longer; it is lost as if the cable had come out.
                Task { await link.close() }
            }
            switch result {
            case .success(let told): reference = reference ?? told
            case .failure(let end): return end.outcome
            }
        }
        return .accepted(reference: reference)
    }

    private struct End: Error {
        let outcome: Outcome
    }

    private func submissions(of claim: Claim) throws(Failure) -> [AT.Command] {
        try environment.compose(claim).map { pdu throws(Failure) in
            do {
                return try .submit(pdu: pdu)
            } catch {
                throw Failure(.refused, "the composed segment is \(error)")
            }
        }
    }

    /// One segment; the reference is told as decimal TP-MR, empty where the modem gave none.
    private func submit(
        _ command: AT.Command, segment: Int, of total: Int, over link: ModemLink, journal: any SendJournal
    ) async -> Result<String, End> {
        for isLastTry in [false, true] {
            switch SendingOutcome(await exchange(command, segment: segment, of: total, over: link, journal: journal)) {
            case .accepted(let reference):
                let reference = reference.map { "\($0)" } ?? ""
                do {
                    try await journal.accepted(segment: segment, reference: reference)
                } catch {
                    // The network has it, and we could not note that: sending it again would double it.
                    return .failure(End(outcome: .inDoubt(Failure(.lostAnswer, "\(error)"))))
                }
                return .success(reference)
            case .settled(let outcome):
                await tellOwner(of: outcome)
                return .failure(End(outcome: outcome))
            case .storageFull where !isLastTry:
                await emptyStorage(link)
            case .storageFull:
                break
            }
        }
        let outcome = Outcome.deferred(Failure(.cms(322), "the modem's storage is full"), until: nil)
        await tellOwner(of: outcome)
        return .failure(End(outcome: outcome))
    }

    private func exchange(
        _ command: AT.Command, segment: Int, of total: Int, over link: ModemLink, journal: any SendJournal
    ) async -> Reply {
        switch await link.begin(command) {
        case .answered(let reply):
            return reply
        case .prompted:
            do {
                try await journal.willSubmit(segment: segment, of: total)
            } catch {
                return await link.abandon()
            }
            return await link.submit()
        }
    }

    private func tellOwner(of outcome: Outcome) async {
        guard case .deferred(let failure, _) = outcome, failure.disposition == .needsOperator else { return }
        await environment.notices.tell(line, topic: "modem.sending", "A text cannot be sent. \(failure.sentence)")
    }
}

extension Claim {
    /// The same with these words as its message's only part.
    fileprivate func saying(_ words: String) -> Claim {
        let message = Message(
            id: message.id, line: message.line, direction: message.direction, sender: message.sender, participants: message.participants,
            parts: [.text(words)], presentation: message.presentation, sentAt: message.sentAt, recordedAt: message.recordedAt, origin: message.origin)
        return Claim(
            delivery: delivery, attempt: attempt, queue: queue, message: message, messageNumber: messageNumber, conversationNumber: conversationNumber,
            acceptedSegments: acceptedSegments, earlierDoubts: earlierDoubts, wasHandedOver: wasHandedOver)
    }
}
