import Telephony

/// The door for who takes back what waits to leave.
public struct Withdrawals: Sendable {
    private let ledger: any DeliveryLedger & PersonLedger & WithdrawalBook
    private let plan: RoutingPlan
    private let mint: Mint
    private let workers: WakeGroup
    private let repetitions: [LineID: Repetition]

    /// - Parameter repetitions: of the lines that are set up.
    public init(
        ledger: any DeliveryLedger & PersonLedger & WithdrawalBook, plan: RoutingPlan, repetitions: [LineID: Repetition], mint: Mint, workers: WakeGroup
    ) {
        self.ledger = ledger
        self.plan = plan
        self.repetitions = repetitions
        self.mint = mint
        self.workers = workers
    }

    /// Takes back every delivery of the message over its line that has not begun to leave, and tells its writer's app. Returns how many. What may
    /// have left is in doubt by it, or goes on until its fate is known.
    public func withdraw(_ message: MessageID) async throws(LedgerError) -> Int {
        let subscribers = try await ledger.subscribers(.all)
        let now = mint.now()
        var count = 0
        for record in try await ledger.deliveries(of: message) where record.state == .pending && record.delivery.isToNetwork {
            do {
                try await ledger.withdraw(record.delivery.id, repetition: repetition(record.delivery), now: now) { [plan, mint] message, delivery, result in
                    guard let notice = plan.notice(of: result, delivery, message, at: now) else { return [] }
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

    /// Of a line that is no longer set up nobody knows what it was to its trunk.
    private func repetition(_ delivery: Delivery) -> Repetition {
        guard case .trunk(let line, _) = delivery.destination else { return .harmless }
        return repetitions[line] ?? .harmless
    }
}

extension Failure {
    /// By who wrote it, before it left.
    public static let withdrawn = Failure(.refused, "it was taken back before it left")
}

extension Delivery {
    fileprivate var isToNetwork: Bool { if case (.trunk, .message) = (destination, content) { true } else { false } }
}
