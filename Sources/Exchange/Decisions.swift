import Telephony

/// The door for what persons decide about sends in doubt.
public struct Decisions: Sendable {
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let mint: Mint
    private let workers: WakeGroup

    public init(ledger: any Ledger, plan: RoutingPlan, mint: Mint, workers: WakeGroup) {
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
        self.workers = workers
    }

    /// Settles it, and tells whoever wrote the message where a failure is what it came to. Conflict when it is not in doubt.
    public func decide(_ delivery: DeliveryID, _ decision: DoubtDecision) async throws(LedgerError) {
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        let lifetime: @Sendable (Delivery) -> Duration = { [lifetimes = plan.lifetimes] in lifetimes.lifetime(of: $0.content, to: $0.destination) }
        try await ledger.decide(delivery, decision, now: now, lifetime: lifetime) { [plan, mint] message, delivery in
            guard let result = decision.result, let notice = plan.notice(of: result, delivery, message, at: now) else { return [] }
            return plan.news(notice, of: message, subscribers: subscribers, mint: mint)
        }
        workers.ring()
    }
}

extension DoubtDecision {
    /// What the delivery has come to by it; nil while it is still to be sent.
    var result: Settlement.Result? {
        switch self {
        case .sendAgain: nil
        case .takeAsSent: .accepted(reference: nil)
        case .takeAsFailed: .failed(Failure(.refused, "a person found that it did not leave"))
        }
    }
}
