import Synchronization
import Telephony

/// Claims the deliveries of one trunk or endpoint, attempts up to `capacity` of them at a time, and settles each.
public final class Worker: Sendable {
    /// What one attempt does; the journal is durable.
    public typealias Perform = @Sendable (Claim, any SendJournal) async -> Outcome
    /// What is known of earlier attempts of a delivery that has expired.
    public typealias Settle = @Sendable (Claim, any SendJournal) async -> Outcome?

    private struct State {
        var open: Set<AttemptID> = []
        /// Those whose outcome the ledger cannot take because something of it is damaged.
        var stuck: Set<AttemptID> = []
        var isStopping = false
    }

    private let scope: ClaimScope
    private let capacity: Int
    private let grace: Duration
    private let ledger: any Ledger
    private let policy: RetryPolicy
    private let plan: RoutingPlan
    private let mint: Mint
    private let pause: Pause
    private let inquire: Settle
    private let perform: Perform
    private let signals: WakeGroup
    private let signal: WakeSignal
    private let state = Mutex(State())
    private let endings = Turns()

    /// How long a claim may be without an attempt that somebody makes, before it is taken for lost.
    static let lease: Duration = .seconds(300)
    /// How long a phone or server that is being told something is waited for when the process stops: it is told again anyway.
    public static let endpointGrace: Duration = .seconds(1)
    /// How long the answer to what was handed over to a carrier is waited for: without it the send is in doubt.
    public static let trunkGrace: Duration = .milliseconds(3500)
    /// Pause after the ledger refused to claim.
    static let ledgerPause: Duration = .seconds(1)
    /// Pause after it could not take an outcome because of damage, which seldom mends itself.
    static let damagePause: Duration = .seconds(60)
    /// How many outcomes that cannot be stored take nobody's place; with more the whole ledger is ill.
    static let stuckLimit = 16

    /// - Parameter grace: how long open attempts may go on after `stop`; then their tasks are cancelled.
    public init(
        scope: ClaimScope, capacity: Int, grace: Duration = Worker.endpointGrace, ledger: any Ledger, policy: RetryPolicy = RetryPolicy(), plan: RoutingPlan, mint: Mint,
        signals: WakeGroup, pause: @escaping Pause, settle: @escaping Settle = { _, _ in nil },
        perform: @escaping Perform
    ) {
        self.scope = scope
        self.capacity = capacity
        self.grace = grace
        self.ledger = ledger
        self.policy = policy
        self.plan = plan
        self.mint = mint
        self.pause = pause
        inquire = settle
        self.perform = perform
        self.signals = signals
        self.signal = signals.member(for: scope)
    }

    /// The attempts that are being made.
    var open: Set<AttemptID> { state.withLock { $0.open } }
    var isStopping: Bool { state.withLock { $0.isStopping } }

    func wake() { signal.ring() }

    func stop() {
        state.withLock { $0.isStopping = true }
        signal.ring()
    }

    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled, !isStopping {
                let (claims, next) = try await claimDue()
                for claim in claims { group.addTask { try await self.attemptOrStop(claim) } }
                await signal.wait(atMost: next, pause: pause)
            }
            await waitForOpenAttempts()
            group.cancelAll()
        }
    }

    private func waitForOpenAttempts() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { while !self.open.isEmpty, !Task.isCancelled { await self.signal.wait() } }
            group.addTask { [pause, grace] in try? await pause(grace) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes what is due, as far as there is room, and says how long until more is; nil when only a wake-up brings more.
    private func claimDue() async throws(LedgerError) -> (claims: [Claim], next: Duration?) {
        let room = state.withLock { capacity - $0.open.count + min($0.stuck.count, Self.stuckLimit) }
        guard room > 0 else { return ([], nil) }
        let now = mint.now()
        do {
            let claimed = try await ledger.claim(scope, limit: room, now: now, lease: now + Self.lease, mint: mint)
            state.withLock { $0.open.formUnion(claimed.claims.map(\.attempt.id)) }
            // Without room the next to settle wakes us. So does a queue whose head was just taken: only what is due later matters.
            let due = claimed.claims.count < room ? claimed.nextDue : nil
            return (claimed.claims, due.map { max($0 - mint.now(), .zero) })
        } catch .broken(let detail) {
            throw .broken(detail)
        } catch {
            return ([], Self.ledgerPause)
        }
    }

    /// A broken ledger ends the worker, whose own task would not notice that an attempt's did.
    private func attemptOrStop(_ claim: Claim) async throws(LedgerError) {
        do {
            try await attempt(claim)
        } catch {
            stop()
            throw error
        }
    }

    private func attempt(_ claim: Claim) async throws(LedgerError) {
        defer {
            state.withLock { state in
                state.open.remove(claim.attempt.id)
                state.stuck.remove(claim.attempt.id)
            }
            signal.ring()
        }
        let journal = LedgerJournal(attempt: claim.attempt.id, ledger: ledger, mint: mint, pause: pause) { !self.state.withLock(\.isStopping) }
        let isLate = mint.now() >= claim.delivery.expires
        let result = isLate ? await lateResult(of: claim, journal) : await result(of: claim, journal)
        // One at a time, so that of devices that refuse together the last one knows that it is.
        if plan.hangsOnOthers(result, claim.delivery, claim.message), await endings.take({ await self.isSettled(claim, result) }) == true { return }
        try await settle(claim, result)
    }

    /// False where the ledger refused, which holds up no other's ending.
    private func isSettled(_ claim: Claim, _ result: Settlement.Result) async -> Bool { (try? await settleOnce(claim, result)) != nil }

    private func result(of claim: Claim, _ journal: LedgerJournal) async -> Settlement.Result {
        var outcome = await perform(claim, journal)
        // What was cut short by the end of the process is the next one's first work.
        if Task.isCancelled, case .deferred(let failure, nil) = outcome { outcome = .deferred(failure, until: mint.now()) }
        return policy.result(of: outcome, claim: claim, now: mint.now(), fraction: mint.fraction())
    }

    private func lateResult(of claim: Claim, _ journal: LedgerJournal) async -> Settlement.Result {
        // Of a first attempt there is nothing to know.
        let found = claim.attempt.number > 1 ? await inquire(claim, journal) : nil
        // The next process asks once more.
        if Task.isCancelled, policy.repetition == .harmless, case .deferred(let failure, _) = found { return .deferred(failure, until: mint.now()) }
        return policy.result(ofLate: claim, found: found)
    }

    /// Settling is tried until it is durable: an outcome that was seen must not be forgotten while the process lives. A process that is
    /// being cancelled leaves the attempt open; the next one recovers it.
    ///
    /// Where something of it is damaged there is no end to the trying: an attempt that nobody holds any more would be recovered and made again,
    /// and the text doubled. It holds up its own conversation, but no other's place.
    private func settle(_ claim: Claim, _ result: Settlement.Result) async throws(LedgerError) {
        while true {
            do {
                return try await settleOnce(claim, result)
            } catch .conflict {
                return
            } catch .broken(let detail) {
                throw .broken(detail)
            } catch {
                do { try await pause(after: error, of: claim.attempt.id) } catch { return }
            }
        }
    }

    private func settleOnce(_ claim: Claim, _ result: Settlement.Result) async throws(LedgerError) {
        let following = try await news(of: claim, result)
        try await ledger.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: mint.now(), following: following)
        ])
        signals.ring(following)
    }

    private func pause(after error: LedgerError, of attempt: AttemptID) async throws {
        guard case .unusable = error else { return try await pause(Self.ledgerPause) }
        state.withLock { _ = $0.stuck.insert(attempt) }
        signal.ring()
        try await pause(Self.damagePause)
    }

    private func news(of claim: Claim, _ result: Settlement.Result) async throws(LedgerError) -> [Delivery] {
        guard let notice = try await notice(of: claim, result) else { return [] }
        let writer = try await ledger.subscribers(.writer(of: claim.message))
        return plan.news(notice, of: claim.message, subscribers: writer, mint: mint)
    }

    private func notice(of claim: Claim, _ result: Settlement.Result) async throws(LedgerError) -> StatusNotice? {
        guard plan.hangsOnOthers(result, claim.delivery, claim.message) else {
            return plan.notice(of: result, claim.delivery, claim.message, at: mint.now())
        }
        return plan.notice(of: result, claim.delivery, claim.message, among: try await ledger.deliveries(of: claim.message.id))
    }
}
