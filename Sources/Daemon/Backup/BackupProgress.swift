/// How far a backup has come.
public struct BackupProgress: Hashable, Sendable {
    public enum Phase: String, Sendable, CaseIterable {
        /// The ledger is copied as it is at one moment.
        case copying
        /// The file is written.
        case writing
        /// The file is opened again, and all of it looked at.
        case checking
    }

    public let phase: Phase
    /// Octets, or the ledger's pages, of `total`.
    public let done: Int
    public let total: Int

    public var percent: Int { total > 0 ? min(100, done * 100 / total) : 100 }
}

/// Told how far it is; throws `BackupError.cancelled` to have it end.
public typealias TellProgress = @Sendable (BackupProgress) throws(BackupError) -> Void
