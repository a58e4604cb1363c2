/// Why a transaction ended without what it waited for.
public enum TransactionFailure: Hashable, Sendable {
    /// Timer B, F or H.
    case timeout
    /// The transport reported an error.
    case transport
}
