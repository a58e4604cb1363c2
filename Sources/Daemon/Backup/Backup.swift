import Archive
import Exchange
import Glibc
import Store
import Telephony

/// Makes a backup of everything that is needed to go on elsewhere, beside a running daemon: the ledger as it is at one moment, each file that
/// a message of it names, keys, configuration, and the secrets that the configuration names. One file, which `age` and `tar` open too.
public struct Backup: Sendable {
    private let state: StateDirectory
    private let configuration: String?
    private let passphrase: String
    private let now: @Sendable () -> Instant
    private let work: Int

    /// The shortest passphrase that is taken for a new backup.
    public static let shortestPassphrase = 10
    /// Octets of a disk that are left to others.
    static let spared = 64 << 20

    /// - Parameter configuration: the path of the configuration file; nil where there is none.
    public init(of state: StateDirectory, configuration: String?, passphrase: String, now: @escaping @Sendable () -> Instant) {
        self.init(of: state, configuration: configuration, passphrase: passphrase, work: AgeSealing.usualWork, now: now)
    }

    init(of state: StateDirectory, configuration: String?, passphrase: String, work: Int, now: @escaping @Sendable () -> Instant) {
        self.state = state
        self.configuration = configuration
        self.passphrase = passphrase
        self.work = work
        self.now = now
    }

    /// Writes the backup whole, or leaves nothing, and proves it by opening it again.
    public func make(_ path: String, ledger: SQLiteLedger, progress: @escaping TellProgress = { _ in }) async throws(BackupError) -> BackupRecord {
        guard passphrase.count >= Self.shortestPassphrase else { throw .refused("A passphrase has at least \(Self.shortestPassphrase) characters.") }
        let workplace = try Workplace(in: state.path)
        let madeAt = now()
        let (size, omissions) = try await DiskThread.run { () throws(BackupError) in try write(path, ledger, in: workplace, madeAt, progress) }
        let proof = try await BackupProof(path: path, passphrase: passphrase, workplace: workplace).prove(progress)
        return BackupRecord(file: path, madeAt: madeAt, octets: size, proof: proof, omissions: omissions, provenAt: now())
    }

    /// Returns its octets, and what is left out.
    private func write(
        _ path: String, _ ledger: SQLiteLedger, in workplace: Workplace, _ madeAt: Instant, _ progress: @escaping TellProgress
    ) throws(BackupError) -> (size: Int, omissions: [String]) {
        try Room.require(SourceFile.size(of: state.ledger), in: state.path)
        let copied = workplace.path("copy.sqlite")
        do {
            try ledger.copy(to: copied) { done, total in try progress(BackupProgress(phase: .copying, done: done, total: total)) }
        } catch let error as BackupError {
            throw error
        } catch {
            throw .failed("\(error)")
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let contents = BackupContents(state: state, configuration: configuration, spared: folder)
        let unread: [String]
        do {
            let copy = try LedgerCopy(path: copied)
            let about = BackupAbout(madeAt: madeAt, schema: try copy.schema(), messages: try copy.messages())
            let expected = try Room.expected(copy, contents)
            try Room.require(expected, in: folder.isEmpty ? "/" : folder)
            var random = SystemRandomNumberGenerator()
            let sealing = try AgeSealing(passphrase: passphrase, secrets: AgeSecrets { random.next() }, work: work)
            let writing = BackupWriting(copy: copy, contents: contents, media: state.media, about: about, expected: expected, progress: progress)
            unread = try writing.write(to: path, sealing: sealing)
        } catch let error as BackupError {
            throw error
        } catch {
            throw .failed("\(error)")
        }
        unlink(copied)
        return (SourceFile(path)?.size ?? 0, contents.omissions + unread)
    }
}
