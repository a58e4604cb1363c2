import Exchange
import Foundation
import GRDB

/// What becomes of a ledger file of an older schema when it is opened.
public enum OlderSchema: Sendable {
    /// It is brought up to date, and nothing else.
    case replaced
    /// A copy of it as it was is put beside it first.
    case keptAside
}

/// That a ledger was brought to a newer schema.
public struct SchemaStep: Hashable, Sendable {
    public let from: Int
    public let to: Int
    /// The file as it was before, for the version of the program that wrote it; nil where the disk had no room for it.
    public let copy: String?

    /// Copies the ledger as it is, and deletes the copy of the step before. Without room for it the step is made all the same: it is a transaction,
    /// and whoever updates on a full disk wants their messages.
    static func keepAside(_ path: String, _ pool: DatabasePool, schema: Int) throws -> SchemaStep {
        let (copy, draft) = ("\(path).schema-\(schema)", "\(path).schema-\(schema).part")
        let files = FileManager.default
        do {
            try? files.removeItem(atPath: draft)
            guard files.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]) else { throw CocoaError(.fileWriteUnknown) }
            let target = try DatabaseQueue(path: draft)
            try pool.backup(to: target)
            // Else whoever opens it without us would find files missing beside it.
            try target.writeWithoutTransaction { db in _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
            try? files.removeItem(atPath: copy)
            try files.moveItem(atPath: draft, toPath: copy)
            syncFolder(of: path)
            for other in others(than: copy, of: path) { try? files.removeItem(atPath: other) }
            return SchemaStep(from: schema, to: Migration.all.count, copy: copy)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            try? files.removeItem(atPath: draft)
            return SchemaStep(from: schema, to: Migration.all.count, copy: nil)
        }
    }

    /// Makes the copy's name durable before the step is.
    private static func syncFolder(of path: String) {
        let descriptor = open(URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        Foundation.close(descriptor)
    }

    private static func others(than copy: String, of path: String) -> [String] {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let beginning = URL(filePath: path).lastPathComponent + ".schema-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(beginning) }.map { folder + $0 }.filter { $0 != copy }
    }
}

extension SchemaStep: CustomStringConvertible {
    public var description: String {
        let place = copy.map { "as it was it lies in \($0), until the next step" } ?? "the disk had no room for a copy of it as it was"
        return "the ledger's schema was brought from \(from) to \(to); \(place)"
    }
}
