import Telephony

/// Carries out deliveries: each trunk and each endpoint has a worker that claims, attempts and settles.
public struct Dispatcher: Service {
    private let workers: [Worker]
    private let ledger: any Ledger
    private let mint: Mint

    public init(workers: [Worker], ledger: any Ledger, mint: Mint) {
        self.workers = workers
        self.ledger = ledger
        self.mint = mint
    }

    /// First settles what a dead process left open, then works until stopped.
    public func run() async throws {
        _ = try await ledger.recover(leasedBefore: .distantFuture, now: mint.now())
        try await withThrowingDiscardingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled.
    public func stop() {
        for worker in workers { worker.stop() }
    }
}
