import Exchange
import Foundation
import GRDB
import Telephony

/// A ledger as it was at one moment, in a file of its own that nobody writes.
public struct LedgerCopy: Sendable {
    public let path: String
    private let queue: DatabaseQueue

    /// Pages copied between two looks at whether to go on: 16 MiB.
    static let stride: CInt = 4096

    /// Opens a copy for reading.
    public init(path: String) throws(LedgerError) {
        var configuration = Configuration()
        configuration.readonly = true
        self.path = path
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch { throw LedgerError(error) }
    }

    /// The version of its schema.
    public func schema() throws(LedgerError) -> Int { try read { db in Int(try db.integer("PRAGMA user_version") ?? 0) } }

    public func messages() throws(LedgerError) -> Int { try read { db in Int(try db.integer("SELECT count(*) FROM message") ?? 0) } }

    /// Files of messages asked for at a time.
    private static let portion = 500

    /// Gives each file that a message names, once, in the order of their digests. Throws `LedgerError`, and what `take` throws.
    public func eachMedia(_ take: (Media) throws -> Void) throws {
        var last = ""
        while true {
            let portion = try read { db in
                let found = try db.rows(
                    "SELECT media, max(size) FROM part INDEXED BY part_media WHERE media > ? GROUP BY media ORDER BY media LIMIT ?", last, Self.portion
                ) { try (digest: $0.column(0) as String, size: $0.column(1) as Int) }
                return found
            }
            guard let end = portion.last else { return }
            for named in portion { if let media = Media(digest: named.digest, size: named.size) { try take(media) } }
            last = end.digest
        }
    }

    private func read<Value>(_ work: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try queue.read(work) } catch { throw LedgerError(error) }
    }
}

extension SQLiteLedger {
    /// Copies the ledger as it is at this moment, while others go on reading and writing it (sqlite3_backup). Takes the calling thread.
    ///
    /// - Parameters:
    ///   - path: where nothing is; the copy is one file, readable by its owner alone.
    ///   - progress: told of pages copied, and of how many there are; what it throws ends the copying.
    public func copy(to path: String, progress: @escaping (_ done: Int, _ total: Int) throws -> Void) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.full("\(path) cannot be made: \(String(cString: strerror(errno)))") }
        Foundation.close(descriptor)
        do {
            let copy = try DatabaseQueue(path: path)
            defer { try? copy.close() }
            // What is thrown at the last step is not thrown on: the copy is whole then.
            var refusal: (any Error)?
            try pool.backup(to: copy, pagesPerStep: LedgerCopy.stride) { step in
                do { try progress(step.completedPageCount, step.totalPageCount) } catch {
                    refusal = error
                    throw error
                }
            }
            if let refusal { throw refusal }
            // Else whoever opens it without us would find files missing beside it.
            try copy.writeWithoutTransaction { db in _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") }
        } catch let error as DatabaseError {
            throw LedgerError(error)
        }
    }

    /// The newest schema that this version knows.
    public static var schema: Int { Migration.all.count }
}
