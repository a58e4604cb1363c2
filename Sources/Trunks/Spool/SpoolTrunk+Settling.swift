import Exchange
import Spooling
import Telephony

extension SpoolTrunk {
    /// The folders tell what became of what earlier attempts put there, also while Homeline was away. What still lies there is taken back, and
    /// what was not put is put no more.
    func settle(_ claim: Claim, journal: any SendJournal) async -> Outcome? {
        guard case .trunk(_, let recipients) = claim.delivery.destination, case .message = claim.delivery.content else { return nil }
        do {
            let letters = try self.letters(of: claim, to: recipients)
            let put = Array(letters.prefix { notes.has(key($0, claim)) })
            try await note(put, of: segmentCount(letters, claim), claim, journal)
            let outcome = try await follow(put, since: mint.now(), claim, journal)
            return put.count == letters.count ? outcome : .failed(Failure(.expired, "\(dialect.program) was not given it in time"))
        } catch {
            return error.outcome
        }
    }

    /// What the program answered to can be noted only where it is noted that it was asked.
    private func note(_ put: [Letter], of total: Int, _ claim: Claim, _ journal: any SendJournal) async throws(End) {
        do {
            for segment in put.flatMap(\.segments) where claim.acceptedSegments[segment] == nil { try await journal.willSubmit(segment: segment, of: total) }
        } catch {
            throw End(.deferred(Failure(.unreachable, "\(error)"), until: nil))
        }
    }
}
