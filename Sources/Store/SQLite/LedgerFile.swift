import CSQLite
import Exchange
import Foundation
import GRDB

/// The database file: made private, recognised as ours, opened durably.
enum LedgerFile {
    /// `HmLn`, in the header of every file of ours (SQLite file format §1.3).
    static let applicationID = 0x486D_4C6E

    /// Once in a process. Refused (and harmless) when something else has opened a database before.
    private static let statisticsAreOff = csqlite_forgo_memory_statistics() == 0

    static func open(_ path: String, busyBudget: Duration, _ older: OlderSchema) throws -> (pool: DatabasePool, step: SchemaStep?) {
        _ = statisticsAreOff
        try makePrivate(path)
        if try LostWrites.keepAside(from: path) == .unclear { try proveWhole(path, busyBudget) }
        let version = try recognise(path, busyBudget: busyBudget)
        let pool = try DatabasePool(path: path, configuration: configuration(busyBudget))
        // The pool sets NORMAL while it turns on the write-ahead log, so FULL must come after it, and is read back.
        let synchronous = try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            return try Int.fetchOne(db, sql: "PRAGMA synchronous")
        }
        guard synchronous == 2 else { throw LedgerError.unusable("the database refuses to write durably") }
        let step = older == .keptAside && version > 0 && version < Migration.all.count ? try SchemaStep.keepAside(path, pool, schema: version) : nil
        try Migration.migrator.migrate(pool)
        try noteLostWrites(path, pool)
        return (pool, step)
    }

    /// Of every log that was kept aside, also by a process that was killed after it.
    private static func noteLostWrites(_ path: String, _ pool: DatabasePool) throws {
        let kept = Set(LostWrites.kept(beside: path).map { DamagedRow(table: .log, key: $0) })
        let unknown = kept.isEmpty ? [] : kept.subtracting(try pool.read { try Tables(db: $0).knownDamage() })
        guard !unknown.isEmpty else { return }
        // Not before it is written down has the ledger been opened since.
        try pool.read(proveWhole)
        try pool.write { try Tables(db: $0).writeDown(unknown) }
    }

    /// Without a change to any file: who may write makes the log part of the database when closing it.
    private static func proveWhole(_ path: String, _ busyBudget: Duration) throws {
        var configuration = configuration(busyBudget)
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read(proveWhole)
    }

    /// Throws where pages of different times stand side by side.
    private static func proveWhole(_ db: Database) throws {
        let isSound = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok"
        guard try isSound && GRDB.Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil else {
            throw LedgerError.unusable("its log is damaged, and what is left of it is of different times; a backup can be moved in its place")
        }
    }

    private static func configuration(_ busyBudget: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.busyMode = .timeout(TimeInterval(busyBudget.wholeMilliseconds) / 1000)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            // Else a savepoint writes the pages it may have to restore to a file.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// The file is for its owner alone; so are the log files that SQLite makes beside it, which take its mode. One that is there is not
    /// opened: to close it again would let go of the locks that this process holds on it (SQLite, How To Corrupt, §2.2).
    private static func makePrivate(_ path: String) throws {
        let directory = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: directory) {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw LedgerError.unusable("the directory \(directory) cannot be made")
            }
        }
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { throw LedgerError.unusable("\(path) is no file") }
            // A file that may only be read is told apart by SQLite, after it was recognised.
            guard access(path, R_OK) == 0 else { throw LedgerError.unusable("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
            if status.st_mode & 0o077 != 0 { chmod(path, status.st_mode & 0o700) }
            return
        }
        let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.unusable("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
        Ownership.inherit(descriptor, fromFolderOf: path)
        fsync(descriptor)
        close(descriptor)
    }

    /// The schema, 0 where there is none yet. Refuses what another program or a newer version made, before anything is changed.
    private static func recognise(_ path: String, busyBudget: Duration) throws -> Int {
        let queue = try DatabaseQueue(path: path, configuration: configuration(busyBudget))
        defer { try? queue.close() }
        let (application, version, tables) = try queue.read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0, try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            )
        }
        let isNew = application == 0 && version == 0 && tables == 0
        guard isNew || application == applicationID else {
            throw LedgerError.unusable("\(path) is a database of another program")
        }
        guard version <= Migration.all.count else {
            throw LedgerError.unusable(
                "\(path) was written by a newer version (schema \(version); this one knows \(Migration.all.count))")
        }
        return version
    }
}
