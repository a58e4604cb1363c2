import Exchange
import Foundation

/// Damaged logs, kept beside the ledger as they were found.
enum LostWrites {
    /// What a kept log's name has behind the ledger's.
    private static let mark = "-wal.damaged-"

    /// Copies the log aside where something that was synced is missing from it, and makes a whole state of what is left. Says `unclear` where
    /// that cannot be done from the files alone. Throws when the log cannot be kept: opening the ledger would destroy it.
    static func keepAside(from path: String) throws(LedgerError) -> LogSalvage.Outcome {
        guard LogInspection.loss(of: path) != nil else { return .whole }
        let time = Date.now.formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted).time(includingFractionalSeconds: true))
        let copy = path + mark + time
        do {
            try FileManager.default.copyItem(atPath: "\(path)-wal", toPath: copy)
            try FileSync.file(copy)
            try FileSync.directory(of: copy)
            return try LogSalvage.mend(path)
        } catch {
            throw .full("the ledger's log is damaged and cannot be kept aside: \(error.localizedDescription)")
        }
    }

    /// The names of the copies there are.
    static func kept(beside path: String) -> [String] {
        let file = URL(filePath: path)
        let names = try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path(percentEncoded: false))
        return (names ?? []).filter { $0.hasPrefix(file.lastPathComponent + mark) }
    }
}

/// What was written, brought onto the disk.
enum FileSync {
    static func file(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    static func directory(of path: String) throws {
        try file(URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false))
    }
}
