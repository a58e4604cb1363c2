/// Why the ledger could not do it. Nothing of the call was stored.
public enum LedgerError: Error, Hashable, Sendable {
    /// No room, or the file may not be written; callers shed load (503) and try again.
    case full(String)
    /// Another process holds the lock for longer than the busy budget.
    case busy(String)
    /// A write or sync failed at a place after which the file's state is unknown; the process must restart.
    case broken(String)
    /// The file is of another program or a newer version.
    case unusable(String)
    /// There is no such row, or it is in another state than the call needs.
    case conflict(String)
}

extension LedgerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full(let detail): "The ledger takes no writes: \(detail)"
        case .busy(let detail): "The ledger is busy: \(detail)"
        case .broken(let detail): "The ledger failed: \(detail)"
        case .unusable(let detail): "The ledger cannot be used: \(detail)"
        case .conflict(let detail): "The ledger refused: \(detail)"
        }
    }
}
