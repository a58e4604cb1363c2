/// Why there is no backup, or no restoring from one.
public enum BackupError: Error, Hashable, Sendable {
    case noRoom(String)
    case wrongPassphrase
    /// The file is not what was written, or not whole.
    case damaged(String)
    /// It could be done, and should not.
    case refused(String)
    case failed(String)
    case cancelled
}

extension BackupError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noRoom(let detail): "There is no room: \(detail)"
        case .wrongPassphrase: "The passphrase is wrong"
        case .damaged(let detail): "The backup cannot be used: \(detail)"
        case .refused(let detail): detail
        case .failed(let detail): detail
        case .cancelled: "It was cancelled"
        }
    }
}
