import Exchange
import HomelineTesting
import Store

/// Where a ledger is kept while processes come and go.
enum LedgerKeeping: String, CaseIterable, Sendable, CustomStringConvertible {
    /// In memory; the object stays when the process dies.
    case memory
    /// In a file, opened by each process.
    case file

    var description: String { rawValue }

    func place() throws -> LedgerPlace {
        switch self {
        case .memory: .memory(MemoryLedger())
        case .file: .file(try TemporaryDirectory())
        }
    }
}

enum LedgerPlace: Sendable {
    case memory(MemoryLedger)
    case file(TemporaryDirectory)

    /// Gives `body` the ledger as a process opens it.
    func open<Value: Sendable>(_ body: @Sendable (any Ledger) async throws -> Value) async throws -> Value {
        switch self {
        case .memory(let ledger):
            return try await body(ledger)
        case .file(let directory):
            let ledger = try SQLiteLedger(path: directory.file("ledger"))
            let value = try await body(ledger)
            try ledger.close()
            return value
        }
    }
}
