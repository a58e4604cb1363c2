import Telephony

/// Carries out deliveries: each trunk and each endpoint has a worker that claims, attempts and settles.
public struct Dispatcher: Service {
    private let workers: [Worker]
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let mint: Mint

    public init(workers: [Worker], ledger: any Ledger, plan: RoutingPlan, mint: Mint) {
        self.workers = workers
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
    }

    /// First settles what a dead process left open, then works until stopped.
    public func run() async throws {
        try await recover()
        try await withThrowingDiscardingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
        }
    }

    /// A send that was cut off by the end of the process is in doubt, and its writer is told.
    private func recover() async throws(LedgerError) {
        let subscribers = try await ledger.subscribers()
        _ = try await ledger.recover(leasedBefore: .distantFuture, now: mint.now()) { [plan, mint] message, delivery in
            guard case .trunk(_, let recipients) = delivery.destination, let recipient = recipients.first else { return [] }
            return plan.deliveries(
                .status(.inDoubt(recipient, Failure(.interrupted))), of: message.id,
                to: plan.statusDestinations(of: message, subscribers: subscribers), mint: mint)
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled.
    public func stop() {
        for worker in workers { worker.stop() }
    }
}
