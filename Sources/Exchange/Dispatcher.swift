import Telephony

/// Carries out deliveries: each trunk and each endpoint has a worker that claims, attempts and settles.
public struct Dispatcher: Service {
    private let workers: [Worker]
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let doubts: DoubtPolicies
    private let resumable: Set<LineID>
    private let mint: Mint
    private let pause: Pause
    private let stopped = WakeSignal()

    /// How often claims are looked for that were lost: the ledger took one, and its answer did not reach the worker.
    static let recoveryPause: Duration = .seconds(60)

    /// - Parameter resumable: lines whose trunks know a repetition for one, so that what a dead process left is gone on with.
    public init(
        workers: [Worker], ledger: any Ledger, plan: RoutingPlan, doubts: DoubtPolicies = DoubtPolicies(), resumable: Set<LineID> = [], mint: Mint,
        pause: @escaping Pause
    ) {
        self.workers = workers
        self.ledger = ledger
        self.plan = plan
        self.doubts = doubts
        self.resumable = resumable
        self.mint = mint
        self.pause = pause
    }

    /// First settles what a dead process left open, then works until stopped.
    public func run() async throws {
        while try await !hasRecovered() {
            try await pause(Worker.ledgerPause)
            if workers.contains(where: \.isStopping) { return }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { group in
                    for worker in workers { group.addTask { try await worker.run() } }
                }
                // Before the first line is set up there is nothing to carry out, and that is no end.
                if workers.isEmpty { await stopped.wait() }
            }
            group.addTask { try await recoverWhileRunning() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Whether work can begin: not before there is room on the disk. What is damaged does not hold up the rest.
    private func hasRecovered() async throws(LedgerError) -> Bool {
        do {
            _ = try await recover(leasedBefore: .distantFuture)
            return true
        } catch .broken(let detail) {
            throw .broken(detail)
        } catch .full, .busy {
            return false
        } catch {
            return true
        }
    }

    /// Claims nothing more; `run` returns when the open attempts are settled, which are cut short where they take long.
    public func stop() {
        for worker in workers { worker.stop() }
        stopped.ring()
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
        return try await ledger.recover(leasedBefore: leasedBefore, keeping: open, now: now) { [plan, mint, doubts, resumable] send in
            // Also one that has expired: its worker asks the trunk what became of it.
            if resumable.contains(send.message.line) { return .resumed }
            let policy = doubts[send.message.line]
            guard !policy.sendsAgain(send.delivery, earlierDoubts: send.earlierDoubts, now: now) else { return .repeated }
            let notice = plan.notice(of: .inDoubt(Failure(.interrupted)), send.delivery, send.message, at: now)
            return .stands(news: notice.map { plan.news($0, of: send.message, subscribers: subscribers, mint: mint) } ?? [])
        }
    }
}
