/// The moment at which a process is made to die: around its nth call of one method of the ledger.
public struct CrashPoint: Hashable, Sendable, CustomStringConvertible {
    public enum Side: String, Sendable, CaseIterable {
        /// Nothing of the call is durable.
        case before
        /// The call is durable, but nobody hears of it.
        case after
    }

    public let side: Side
    public let call: LedgerCall
    /// 1 for the first.
    public let occurrence: Int

    public init(_ side: Side, _ call: LedgerCall, occurrence: Int = 1) {
        self.side = side
        self.call = call
        self.occurrence = occurrence
    }

    public var description: String { "\(side) \(call) \(occurrence)" }

    /// Both sides of every writing call of a run, from how often each was made in a run without a crash.
    public static func all(of counts: [LedgerCall: Int]) -> [CrashPoint] {
        LedgerCall.writing.flatMap { call in
            (0..<counts[call, default: 0]).flatMap { index in
                Side.allCases.map { CrashPoint($0, call, occurrence: index + 1) }
            }
        }
    }
}
