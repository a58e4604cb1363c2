import Telephony

/// What a line does about a send whose answer was lost: it may or may not have left.
public enum DoubtPolicy: String, Hashable, Sendable, CaseIterable {
    /// It is shown, and a person decides. Never doubles.
    case hold
    /// It is sent once more; a second doubt is held. The far phone may get it twice, and the timeline says so.
    case retryOnce = "retry-once"
    /// The network's status report on it decides; without one it is held. Never doubles.
    case settleByReport = "settle-by-report"

    /// Whether a delivery that fell in doubt is made again; `earlierDoubts` of its attempts ended so before.
    func sendsAgain(_ delivery: Delivery, earlierDoubts: Int, now: Instant) -> Bool {
        switch self {
        case .retryOnce: earlierDoubts == 0 && now < delivery.expires
        case .hold, .settleByReport: false
        }
    }
}

/// The policy of each line.
public struct DoubtPolicies: Hashable, Sendable {
    private let policies: [LineID: DoubtPolicy]

    /// Lines that are not named hold.
    public init(_ policies: [LineID: DoubtPolicy] = [:]) { self.policies = policies }

    public subscript(line: LineID) -> DoubtPolicy { policies[line] ?? .hold }
}
