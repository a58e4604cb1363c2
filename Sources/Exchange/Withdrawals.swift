import Telephony

/// The door for who takes back what waits to leave.
public struct Withdrawals: Sendable {
    private let ledger: any DeliveryLedger & PersonLedger & WithdrawalBook
    private let plan: RoutingPlan
    private let mint: Mint
    private let workers: WakeGroup

    public init(ledger: any DeliveryLedger & PersonLedger & WithdrawalBook, plan: RoutingPlan, mint: Mint, workers: WakeGroup) {
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
        self.workers = workers
    }

    /// Takes back every delivery of the message over its line that has not begun to leave, and tells its writer's app. Returns how many.
    public func withdraw(_ message: MessageID) async throws(LedgerError) -> Int {
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        var count = 0
        for record in try await ledger.deliveries(of: message) where record.state == .pending && record.delivery.isToNetwork {
            do {
                try await ledger.withdraw(record.delivery.id, now: now) { [plan, mint] message, delivery in
                    guard let notice = plan.notice(of: .failed(.withdrawn), delivery, message, at: now) else { return [] }
                    return plan.news(notice, of: message, subscribers: subscribers, mint: mint)
                }
                count += 1
            } catch .conflict {
                // It left meanwhile.
                continue
            }
        }
        if count > 0 { workers.ring() }
        return count
    }
}

extension Failure {
    /// By who wrote it, before it left.
    public static let withdrawn = Failure(.refused, "it was taken back before it left")
}

extension Delivery {
    fileprivate var isToNetwork: Bool { if case (.trunk, .message) = (destination, content) { true } else { false } }
}
