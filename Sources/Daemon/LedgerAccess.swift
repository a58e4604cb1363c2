import Glibc
import Store

/// Opens the ledger of a state directory, for the daemon or for a command beside it.
public enum LedgerAccess {
    public enum Opener: Sendable {
        /// Who holds the state directory.
        case daemon
        case command
    }

    /// Throws `StateError` where a restore was cut short, and for a command of a newer version than the daemon's that runs: it would bring the ledger
    /// up to date under a program that does not know it so.
    public static func open(_ state: StateDirectory, by opener: Opener = .command) throws -> SQLiteLedger {
        try state.create()
        guard access(state.unfinished, F_OK) != 0 else {
            throw StateError("A restore into \(state.path) was cut short. Run 'homeline restore FILE --state \(state.path) --force' again.")
        }
        if opener == .command, state.isHeld, let schema = try? LedgerCopy(path: state.ledger).schema(), (1..<SQLiteLedger.schema).contains(schema) {
            throw StateError("A Homeline of an older version still runs on \(state.path). Have it end and start again first: systemctl restart homeline.")
        }
        return try SQLiteLedger(path: state.ledger, .keptAside)
    }
}
