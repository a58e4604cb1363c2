import Glibc
import Store

/// Opens the ledger of a state directory, for the daemon or for a command beside it.
public enum LedgerAccess {
    public static func open(_ state: StateDirectory) throws -> SQLiteLedger {
        try state.create()
        guard access(state.unfinished, F_OK) != 0 else {
            throw StateError("A restore into \(state.path) was cut short. Run 'homeline restore FILE --state \(state.path) --force' again.")
        }
        return try SQLiteLedger(path: state.ledger, .keptAside)
    }
}
