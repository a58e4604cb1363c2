import Exchange
import GRDB

extension LedgerError {
    /// Sorts what SQLite said by what the caller can do about it.
    init(_ error: any Error) {
        switch error {
        case let error as LedgerError:
            self = error
        case is Damage:
            self = .unusable("a stored row is damaged")
        case let error as DatabaseError:
            self.init(error)
        default:
            self = .broken("\(error)")
        }
    }

    private init(_ error: DatabaseError) {
        // Without the statement and its arguments, which may hold a message's text.
        let detail = "\(error.message ?? "no reason given") (SQLite \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .full(detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_INTERRUPT: self = .busy(detail)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_SCHEMA: self = .unusable(detail)
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE: self = .conflict(detail)
        default: self = .broken(detail)
        }
    }

    /// Whether it speaks of what one unit of work touched; anything else speaks of the file and meets every unit of the transaction.
    var isOfOneUnit: Bool {
        switch self {
        case .conflict, .unusable: true
        case .full, .busy, .broken: false
        }
    }

    /// Whether the file's state is unknown, so that nothing may be written any more.
    var isFinal: Bool {
        if case .broken = self { true } else { false }
    }
}
