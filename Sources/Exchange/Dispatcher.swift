import Telephony

/// Carries out deliveries: each trunk and each endpoint has a worker that claims, attempts and settles.
public struct Dispatcher: Service {
    private let workers: [Worker]
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let doubts: DoubtPolicies
    private let mint: Mint
    private let pause: Pause

    public init(
        workers: [Worker], ledger: any Ledger, plan: RoutingPlan, doubts: DoubtPolicies = DoubtPolicies(), mint: Mint, pause: @escaping Pause
    ) {
        self.workers = workers
        self.ledger = ledger
        self.plan = plan
        self.doubts = doubts
        self.mint = mint
        self.pause = pause
    }

    /// First settles what a dead process left open, then works until stopped.
    public func run() async throws {
        while try await !hasRecovered() {
            try await pause(Worker.ledgerPause)
            if workers.contains(where: \.isStopping) { return }
        }
        try await withThrowingDiscardingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
        }
    }

    /// Whether work can begin: not before there is room on the disk. What is damaged does not hold up the rest.
    private func hasRecovered() async throws(LedgerError) -> Bool {
        do {
            try await recover()
            return true
        } catch .broken(let detail) {
            throw .broken(detail)
        } catch .full, .busy {
            return false
        } catch {
            return true
        }
    }

    private func recover() async throws(LedgerError) {
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        _ = try await ledger.recover(leasedBefore: .distantFuture, now: now) { [plan, mint, doubts] send in
            let policy = doubts[send.message.line]
            guard !policy.sendsAgain(send.delivery, earlierDoubts: send.earlierDoubts, now: now) else { return .repeated }
            let notice = plan.notice(of: .inDoubt(Failure(.interrupted)), send.delivery, send.message, at: now)
            return .stands(news: notice.map { plan.news($0, of: send.message, subscribers: subscribers, mint: mint) } ?? [])
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled, which are cut short where they take long.
    public func stop() {
        for worker in workers { worker.stop() }
    }
}
