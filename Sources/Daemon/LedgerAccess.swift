import Store

/// Opens the ledger of a state directory, for the daemon or for a command beside it.
public enum LedgerAccess {
    public static func open(_ state: StateDirectory) throws -> SQLiteLedger {
        try state.create()
        return try SQLiteLedger(path: state.ledger)
    }
}
