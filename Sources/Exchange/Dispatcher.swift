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
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        _ = try await ledger.recover(leasedBefore: .distantFuture, now: now) { [plan, mint] message, delivery in
            guard let notice = plan.notice(of: .inDoubt(Failure(.interrupted)), delivery, message, at: now) else { return [] }
            return plan.news(notice, of: message, subscribers: subscribers, mint: mint)
        }
        try await withThrowingDiscardingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled.
    public func stop() {
        for worker in workers { worker.stop() }
    }
}
