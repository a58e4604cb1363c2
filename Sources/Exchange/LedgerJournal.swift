import Telephony

/// Writes a send's steps to the ledger.
struct LedgerJournal: SendJournal {
    let attempt: AttemptID
    let ledger: any Ledger
    let mint: Mint
    let pause: Pause
    /// Whether more may be handed over; not while the process stops.
    let mayGoOn: @Sendable () -> Bool

    func fitted(_ changes: [String]) async throws(LedgerError) {
        guard !changes.isEmpty else { return }
        try await ledger.fitted(attempt, changes, at: mint.now())
    }

    func willSubmit(segment: Int, of total: Int) async throws(LedgerError) {
        guard mayGoOn() else { throw .busy("Homeline is stopping") }
        try await ledger.willSubmit(attempt, segment: segment, of: total, at: mint.now())
    }

    /// Noted until it is durable, as an outcome is: what the carrier took must not come into doubt because the ledger was full just then.
    func accepted(segment: Int, reference: String) async throws(LedgerError) {
        while true {
            do {
                return try await ledger.segmentAccepted(attempt, segment: segment, reference: reference, at: mint.now())
            } catch {
                guard error.mayPass, (try? await pause(Worker.ledgerPause)) != nil else { throw error }
            }
        }
    }
}

extension LedgerError {
    /// Whether the same call may be taken a little later.
    fileprivate var mayPass: Bool {
        switch self {
        case .full, .busy: true
        case .broken, .unusable, .conflict: false
        }
    }
}
