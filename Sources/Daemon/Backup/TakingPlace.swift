import Foundation
import Glibc
import Telephony

/// Puts a whole state directory into the place of what is there: as one step, or with a mark that says it was cut short.
struct TakingPlace {
    private let state: StateDirectory

    init(of state: StateDirectory) { self.state = state }

    /// Returns where what was there is now.
    ///
    /// - Parameters:
    ///   - folder: the new one, on the same disk.
    ///   - now: names the folder for what was there; nil where nothing of worth was.
    func take(_ folder: String, now: Instant?) throws(BackupError) -> String? {
        let files = FileManager.default
        // Emptied, and not taken away: where a restore was cut short before, no daemon may start until this one is done.
        for name in (try? files.contentsOfDirectory(atPath: state.unfinished)) ?? [] { try? files.removeItem(atPath: "\(state.unfinished)/\(name)") }
        // From here until it is gone, no daemon starts: what is there is neither the one nor the other.
        guard rename(folder, state.unfinished) == 0 else { throw .failed("\(folder) cannot be moved: \(String(cString: strerror(errno)))") }
        do {
            BackupFile.sync(folderOf: state.unfinished)
            let replaced = try now.map(putAside)
            for name in try files.contentsOfDirectory(atPath: state.unfinished) where !Self.isOfProcess(name) { try take("\(state.unfinished)/\(name)", as: "\(state.path)/\(name)") }
            BackupFile.sync(folderOf: state.ledger)
            state.giveToOwner()
            try files.removeItem(atPath: state.unfinished)
            BackupFile.sync(folderOf: state.ledger)
            return replaced
        } catch {
            throw .failed("\(state.path) is neither what it was nor what was restored: \(error.localizedDescription). Restore again, with --force.")
        }
    }

    private func putAside(_ now: Instant) throws -> String {
        let files = FileManager.default
        let aside = state.path + "/replaced-" + CivilDate(now).rfc3339.filter { $0 != ":" && $0 != "-" }
        try files.createDirectory(atPath: aside, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for name in try files.contentsOfDirectory(atPath: state.path) where !Self.stays(name) {
            try files.moveItem(atPath: "\(state.path)/\(name)", toPath: "\(aside)/\(name)")
        }
        return aside
    }

    private static func stays(_ name: String) -> Bool {
        isOfProcess(name) || name.hasPrefix("replaced-") || name.hasPrefix("restoring")
    }

    private static func isOfProcess(_ name: String) -> Bool { ["lock", "control.sock"].contains(name) }

    private func take(_ path: String, as place: String) throws {
        try? FileManager.default.removeItem(atPath: place)
        try FileManager.default.moveItem(atPath: path, toPath: place)
    }
}

extension StateDirectory {
    /// Here while a restore moves things; where it stays, the restore was cut short.
    var unfinished: String { path + "/restoring" }
}
