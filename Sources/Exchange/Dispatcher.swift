import Telephony

/// Carries out deliveries: each trunk and each endpoint has a worker that claims, attempts and settles.
public struct Dispatcher: Service {
    private let workers: [Worker]
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let mint: Mint
    private let pause: Pause

    /// How often claims are looked for that were lost: the ledger took one, and its answer did not reach the worker.
    static let recoveryPause: Duration = .seconds(60)

    public init(workers: [Worker], ledger: any Ledger, plan: RoutingPlan, mint: Mint, pause: @escaping Pause) {
        self.workers = workers
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
        self.pause = pause
    }

    /// First settles what a dead process left open, then works until stopped.
    public func run() async throws {
        _ = try await recover(leasedBefore: .distantFuture)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { group in
                    for worker in workers { group.addTask { try await worker.run() } }
                }
            }
            group.addTask { try await recoverWhileRunning() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled.
    public func stop() {
        for worker in workers { worker.stop() }
    }

    private func recoverWhileRunning() async throws(LedgerError) {
        while !Task.isCancelled {
            do { try await pause(Self.recoveryPause) } catch { continue }
            do {
                if try await !recover(leasedBefore: mint.now()).isEmpty { for worker in workers { worker.wake() } }
            } catch .broken(let detail) {
                throw .broken(detail)
            } catch {
                // Looked for again after the next pause.
            }
        }
    }

    private func recover(leasedBefore: Instant) async throws(LedgerError) -> [Recovered] {
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        let open = workers.reduce(into: Set()) { $0.formUnion($1.open) }
        return try await ledger.recover(leasedBefore: leasedBefore, keeping: open, now: now) { [plan, mint] message, delivery in
            guard let notice = plan.notice(of: .inDoubt(Failure(.interrupted)), delivery, message, at: now) else { return [] }
            return plan.news(notice, of: message, subscribers: subscribers, mint: mint)
        }
    }
}
