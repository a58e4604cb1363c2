import Exchange
import Telephony

extension YeastarTrunk: MessageTrunk {
    nonisolated func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .failed(Failure(.refused, "this is not for a carrier")) }
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        if let reference = claim.acceptedSegments[0] { return .accepted(reference: reference) }
        guard let recipient = recipients.first, recipients.count == 1, Self.isDialable(recipient.text) else {
            return .failed(Failure(.refused, "this gateway takes texts to one number"))
        }
        guard !claim.message.parts.contains(where: { $0.text == nil }) else { return .failed(Failure(.refused, "this line takes texts only")) }
        await cool()
        guard await isReady, !Task.isCancelled else { return .deferred(Failure(.unreachable, settings.host), until: nil) }
        do {
            try await journal.willSubmit(segment: 0, of: 1)
        } catch {
            return .deferred(Failure(.unreachable, "\(error)"), until: nil)
        }
        let order = YeastarOrder(id: String(claim.delivery.id.low % 1_000_000_000), number: recipient.text, text: claim.message.text)
        switch await submit(order) {
        case .sent: return await note(order.id, journal)
        case .refused(let why): return .failed(Failure(.refused, String(why.prefix(160))))
        case .unanswered: return .inDoubt(Failure(.lostAnswer, settings.host))
        case nil: return .deferred(Failure(.unreachable, settings.host), until: nil)
        }
    }

    private nonisolated func note(_ reference: String, _ journal: any SendJournal) async -> Outcome {
        do {
            try await journal.accepted(segment: 0, reference: reference)
            return .accepted(reference: reference)
        } catch {
            return .inDoubt(Failure(.lostAnswer, "\(error)"))
        }
    }

    /// What can stand in a command without ending it.
    private static func isDialable(_ number: String) -> Bool {
        let digits = number.hasPrefix("+") ? number.dropFirst() : number[...]
        return (1...20).contains(digits.utf8.count) && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "#") }
    }
}
