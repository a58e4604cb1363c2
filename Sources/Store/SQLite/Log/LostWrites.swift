import Exchange
import Foundation

/// A damaged log, kept beside the ledger as it was found.
struct LostWrites {
    /// The copy's file name.
    let name: String

    /// Copies the log aside where something that was synced is missing from it. Throws when it cannot be kept: opening the ledger would
    /// destroy it.
    static func keepAside(from path: String) throws(LedgerError) -> LostWrites? {
        guard LogInspection.loss(of: path) != nil else { return nil }
        let time = Date.now.formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted).time(includingFractionalSeconds: true))
        let copy = "\(path)-wal.damaged-\(time)"
        do {
            try FileManager.default.copyItem(atPath: "\(path)-wal", toPath: copy)
            try sync(copy)
            try sync(URL(filePath: copy).deletingLastPathComponent().path(percentEncoded: false))
        } catch {
            throw .full("the ledger's log is damaged and cannot be kept aside: \(error.localizedDescription)")
        }
        return LostWrites(name: URL(filePath: copy).lastPathComponent)
    }

    private static func sync(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
