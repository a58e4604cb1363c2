import Telephony

/// The door for what owners do about what went wrong.
public struct Repairs: Sendable {
    private let ledger: any TroubleLedger
    private let lifetimes: Lifetimes
    private let mint: Mint
    private let workers: WakeGroup
    private let wakeIntake: @Sendable () -> Void

    public init(ledger: any TroubleLedger, lifetimes: Lifetimes, mint: Mint, workers: WakeGroup, wakeIntake: @escaping @Sendable () -> Void) {
        self.ledger = ledger
        self.lifetimes = lifetimes
        self.mint = mint
        self.workers = workers
        self.wakeIntake = wakeIntake
    }

    /// Tries a failed delivery again, for as long as a new one would be tried.
    public func retry(_ delivery: DeliveryID, by person: PersonID) async throws(LedgerError) {
        let made = try await ledger.retry(delivery, as: mint.identifier(), by: person, at: mint.now()) { [lifetimes] in
            lifetimes.lifetime(of: $0.content, to: $0.destination)
        }
        workers.ring([made])
    }

    public func drop(_ delivery: DeliveryID, by person: PersonID) async throws(LedgerError) {
        try await ledger.drop(delivery, by: person, at: mint.now())
    }

    /// Has a receipt looked at again, by a newer program.
    public func replay(_ receipt: ReceiptID, by person: PersonID) async throws(LedgerError) {
        try await ledger.replay(receipt, by: person, at: mint.now())
        wakeIntake()
    }

    /// The same for each of several; those that somebody else settled meanwhile are passed over.
    public func replay(_ receipts: [ReceiptID], by person: PersonID) async throws(LedgerError) {
        for receipt in receipts {
            do throws(LedgerError) {
                try await replay(receipt, by: person)
            } catch {
                guard case .conflict = error else { throw error }
            }
        }
    }

    public func drop(_ receipt: ReceiptID, by person: PersonID) async throws(LedgerError) {
        try await ledger.drop(receipt, by: person, at: mint.now())
    }

    /// Fetches a picture message again.
    public func retry(_ retrieval: Retrieval, by person: PersonID) async throws(LedgerError) {
        try await ledger.retry(retrieval.id, by: person, at: mint.now())
        workers.ringRetriever(of: retrieval.line)
    }

    public func drop(_ retrieval: RetrievalID, by person: PersonID) async throws(LedgerError) {
        try await ledger.drop(retrieval, by: person, at: mint.now())
    }
}
