import Archive
import Console
import Exchange
import Foundation
import Store
import Telephony

/// Makes a state directory of a backup: whole, or not at all.
///
/// Everything is unpacked and looked at beside what is there; only then it takes its place. While that is being done the directory says so, and no
/// daemon starts on it.
public struct Restore: Sendable {
    /// What is done where the directory has a ledger already.
    public enum Occupied: Sendable {
        case refuse
        /// What is there goes into a folder of its own, `replaced-…`.
        case replace
    }

    /// What becomes of the configuration and the files that it names.
    public enum Configuration: Sendable {
        /// They lie in the state directory, under `configuration`.
        case besideState
        /// They are put where they were, below this folder; nothing that is there is written over.
        case place(below: String)
    }

    public struct Result: Hashable, Sendable {
        public let madeAt: Instant
        public let messages: Int
        public let files: Int
        /// What was found wrong, a sentence each.
        public let faults: [String]
        public let held: HeldSends
        /// Where what was there is now; nil where nothing was.
        public let replaced: String?
        /// Files of the configuration, where they are now.
        public let configuration: [String]
        /// Those that were not put where they were, for there was something.
        public let kept: [String]
    }

    private let path: String
    private let passphrase: String
    private let state: StateDirectory
    private let now: @Sendable () -> Instant
    private let asker: String

    /// - Parameter place: where it was asked for, for the audit log.
    public init(
        from path: String, passphrase: String, to state: StateDirectory, askedFrom place: String = AuditEntry.commandLine, now: @escaping @Sendable () -> Instant
    ) {
        self.path = path
        self.passphrase = passphrase
        self.state = state
        self.now = now
        asker = place
    }

    /// Looks at the backup as a restore would, and changes nothing; `scratch` is a directory where the ledger is looked at.
    public static func prove(
        _ path: String, passphrase: String, scratch: String, progress: @escaping TellProgress = { _ in }
    ) async throws(BackupError) -> (madeAt: Instant, messages: Int, files: Int, faults: [String]) {
        let proof = try await BackupProof(path: path, passphrase: passphrase, workplace: try Workplace(in: scratch)).prove(progress)
        return (proof.about.madeAt, proof.messages, proof.files, proof.faults)
    }

    public func run(_ occupied: Occupied, _ configuration: Configuration, progress: @escaping TellProgress = { _ in }) async throws(BackupError) -> Result {
        let lock: StateDirectory.Lock
        do {
            try state.create()
            lock = try state.lock()
        } catch {
            throw .refused(error.description)
        }
        defer { withExtendedLifetime(lock) {} }
        let isOccupied = FileManager.default.fileExists(atPath: state.ledger) || FileManager.default.fileExists(atPath: state.unfinished)
        if isOccupied, occupied == .refuse { throw .refused("\(state.path) has a ledger already; --force puts it aside.") }
        let stage = StateDirectory(state.path + "/restoring.part")
        try? FileManager.default.removeItem(atPath: stage.path)
        defer { try? FileManager.default.removeItem(atPath: stage.path) }
        do { try stage.create() } catch { throw .failed(error.description) }
        let check = try await DiskThread.run { () throws(BackupError) in try unpack(to: stage.path, progress) }
        let unpacked = StateDirectory(stage.path + "/state")
        let (audit, held) = try await makeFit(unpacked, messages: check.about)
        let replaced = try TakingPlace(of: state).take(try gathered(stage), now: isOccupied ? now() : nil)
        let (placed, kept) = try place(configuration)
        return Result(
            madeAt: check.about.madeAt, messages: audit.messages, files: check.files, faults: audit.faults + check.faults, held: held, replaced: replaced,
            configuration: placed, kept: kept)
    }

    private func unpack(to stage: String, _ progress: @escaping TellProgress) throws(BackupError) -> (about: BackupAbout, files: Int, faults: [String]) {
        try Room.require(SourceFile(path)?.size ?? 0, in: stage)
        var check = BackupCheck()
        var unpacking = Unpacking(to: stage) { $0.hasPrefix(BackupContents.state) || $0.hasPrefix(BackupContents.configuration) }
        try BackupReading(path: path, passphrase: passphrase, progress: progress).read { event throws(BackupError) in
            try check.take(event)
            try unpacking.take(event)
        }
        guard let about = check.about, check.hasLedger else { throw .damaged("it is not whole.") }
        try BackupProof.refuseNewer(about)
        do { try check.finish(with: try LedgerCopy(path: "\(stage)/\(BackupContents.ledger)")) } catch let error as BackupError { throw error } catch { throw .damaged("\(error)") }
        return (about, check.files, check.faults)
    }

    /// The new state directory, with the configuration in it: beside what an earlier restore left there.
    private func gathered(_ stage: StateDirectory) throws(BackupError) -> String {
        let (unpacked, folder) = (stage.path + "/state", stage.path + "/configuration")
        do {
            for name in Self.files(below: folder) {
                let target = "\(unpacked)/configuration/\(name)"
                try FileManager.default.createDirectory(
                    atPath: ConfigurationFile.folder(of: target), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try? FileManager.default.removeItem(atPath: target)
                try FileManager.default.moveItem(atPath: "\(folder)/\(name)", toPath: target)
            }
        } catch {
            throw .failed("\(folder) cannot be moved: \(error.localizedDescription)")
        }
        return unpacked
    }

    private static func files(below folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { SourceFile("\(folder)/\($0)") != nil }.sorted()
    }

    /// Brings the ledger's schema up to date, looks at every row of it, and holds what may have left since.
    private func makeFit(_ unpacked: StateDirectory, messages: BackupAbout) async throws(BackupError) -> (LedgerAudit, HeldSends) {
        do {
            let ledger = try SQLiteLedger(path: unpacked.ledger)
            let audit = try await ledger.audit()
            let held = try await ledger.holdWhatMayHaveLeft(at: now())
            try await ledger.note(AuditEntry(at: now(), act: .restored, person: nil, place: asker))
            try ledger.close()
            return (audit, held)
        } catch {
            throw .damaged("\(error)")
        }
    }

    // MARK: - The configuration

    private func place(_ choice: Configuration) throws(BackupError) -> (placed: [String], kept: [String]) {
        let folder = state.path + "/configuration"
        let names = Self.files(below: folder)
        guard case .place(let root) = choice else { return (names.map { "\(folder)/\($0)" }, []) }
        var placed: [String] = [], kept: [String] = []
        for name in names {
            let target = "\(root.trimmingSlash == "/" ? "" : root.trimmingSlash)/\(name)"
            guard !FileManager.default.fileExists(atPath: target) else {
                kept.append(target)
                continue
            }
            do {
                try FileManager.default.createDirectory(
                    atPath: URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false), withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o755])
                // The copy keeps the mode: its owner's alone.
                try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: target)
            } catch {
                throw .failed("\(target) cannot be written: \(error.localizedDescription). The state is restored.")
            }
            placed.append(target)
        }
        return (placed, kept)
    }
}
