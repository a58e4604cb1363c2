import Archive
import Glibc
import Store
import Telephony

/// A dry restore: opens a backup, reads every piece of it, and looks at the ledger and the files that come out.
struct BackupProof {
    let path: String
    let passphrase: String
    let workplace: Workplace

    /// What was found.
    struct Result: Hashable {
        let about: BackupAbout
        let messages: Int
        let files: Int
        /// What is wrong, a sentence each; none where it is as good as the original.
        let faults: [String]
    }

    /// Throws where nothing can be restored from it.
    func prove(_ progress: @escaping TellProgress = { _ in }) async throws(BackupError) -> Result {
        let unpacked = workplace.path("proof.sqlite")
        let (found, named) = try await DiskThread.run { () throws(BackupError) in
            unlink(unpacked)
            var check = BackupCheck()
            let file = try BackupFile(unpacked)
            var isLedger = false
            try BackupReading(path: path, passphrase: passphrase, progress: progress).read { event throws(BackupError) in
                try check.take(event)
                if case .begun(let entry) = event {
                    isLedger = entry.name == BackupContents.ledger
                    if isLedger { try Room.require(entry.size, in: workplace.path(".")) }
                }
                if isLedger, case .octets(let octets) = event { try file.write(octets) }
            }
            try file.keep()
            guard let about = check.about else { throw .damaged("it is empty.") }
            try Self.refuseNewer(about)
            do { try check.finish(with: try LedgerCopy(path: unpacked)) } catch let error as BackupError { throw error } catch { throw .damaged("\(error)") }
            return (check.faults, (about: about, files: check.files))
        }
        do {
            // Opening it brings its schema up to date, which is part of what is to be proven.
            let ledger = try SQLiteLedger(path: unpacked)
            let audit = try await ledger.audit()
            try ledger.close()
            return Result(about: named.about, messages: audit.messages, files: named.files, faults: audit.faults + found)
        } catch {
            throw .damaged("\(error)")
        }
    }

    static func refuseNewer(_ about: BackupAbout) throws(BackupError) {
        guard about.schema <= SQLiteLedger.schema else {
            throw .refused("The backup was made by a newer version of Homeline (schema \(about.schema); this one knows \(SQLiteLedger.schema)). Install that one first.")
        }
    }
}
