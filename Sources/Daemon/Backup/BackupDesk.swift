import Exchange
import HTTPStack
import Logging
import Store
import Synchronization
import Telephony

/// Makes backups for a running daemon: by itself when the time has come, and when somebody asks. One at a time.
final class BackupDesk: Sendable {
    let settings: BackupSettings
    let folder: BackupFolder
    private let state: StateDirectory
    private let configuration: String?
    private let ledger: SQLiteLedger
    private let log: Logger
    private let mint: Mint
    private let course: Mutex<Course>

    struct Course: Sendable {
        var log: BackupLog
        /// Of the one that is being made.
        var progress: BackupProgress?
        /// The daemon ends: what is being made is given up, and nothing is begun.
        var isOver = false
    }

    init(_ settings: BackupSettings, state: StateDirectory, configuration: String?, ledger: SQLiteLedger, mint: Mint, log: Logger) {
        self.settings = settings
        self.state = state
        self.configuration = configuration
        self.ledger = ledger
        self.mint = mint
        self.log = log
        folder = BackupFolder(path: settings.folder)
        course = Mutex(Course(log: BackupLog(of: state)))
    }

    var current: Course { course.withLock { $0 } }

    /// When the next is to be made.
    var nextAt: Instant {
        let log = current.log, now = mint.now()
        // A time that is yet to come was told by a clock that was wrong, and nobody waits for it.
        let next = log.last.flatMap { $0.madeAt > now ? nil : $0.madeAt + settings.every.duration } ?? now
        // What failed is tried again, but not all the time.
        return log.failure.flatMap { $0.at > now ? nil : max(next, $0.at + Self.retryPause) } ?? next
    }

    static let retryPause: Duration = .seconds(3600)

    /// Makes one, and deletes those that are too many; what comes of it is in the log. Nil where one is being made already, or it failed.
    @discardableResult
    func make() async -> BackupRecord? {
        let isFree = course.withLock { course in
            guard course.progress == nil, !course.isOver else { return false }
            course.progress = BackupProgress(phase: .copying, done: 0, total: 1)
            return true
        }
        guard isFree else { return nil }
        let result = await attempt()
        course.withLock { course in
            course.progress = nil
            switch result {
            case .success(let record):
                course.log.last = record
                course.log.failure = nil
            // Given up, which is no failure: it is made after the next start.
            case .failure where course.isOver: return
            case .failure(let error):
                course.log.failure = BackupLog.Failure(at: mint.now(), sentence: error.description)
            }
            course.log.keep(in: state)
        }
        return tell(result)
    }

    /// Has what is being made end soon: whoever stops the daemon does not wait for a disk.
    func end() { course.withLock { $0.isOver = true } }

    private func note(_ progress: BackupProgress) throws(BackupError) {
        let isOver = course.withLock { course in
            course.progress = progress
            return course.isOver
        }
        if isOver { throw .cancelled }
    }

    private func attempt() async -> Result<BackupRecord, BackupError> {
        guard let passphrase = SecretFile.firstLine(of: settings.passphraseFile) else {
            return .failure(.refused("\(settings.passphraseFile) cannot be read, or is empty."))
        }
        let name = BackupFolder.name(at: mint.now()), path = "\(settings.folder)/\(name)"
        clear()
        let backup = Backup(of: state, configuration: configuration, passphrase: passphrase, now: mint.now)
        do {
            let record = try await backup.make(path, ledger: ledger) { progress throws(BackupError) in try self.note(progress) }
            // Those that are proven take the place of the oldest; one with faults takes nobody's.
            if record.faults.isEmpty { folder.keep(settings.keep, newest: name) }
            return .success(record)
        } catch {
            return .failure(error)
        }
    }

    /// Deletes what was not finished in the folder, unless somebody makes a backup now: a command may be writing there.
    private func clear() {
        guard let workplace = try? Workplace(in: state.path) else { return }
        withExtendedLifetime(workplace) { folder.clear() }
    }

    private func tell(_ result: Result<BackupRecord, BackupError>) -> BackupRecord? {
        switch result {
        case .success(let record):
            log.info(
                "backup",
                metadata: [
                    "messages": "\(record.messages)", "files": "\(record.files)", "octets": "\(record.octets)", "faults": "\(record.faults.count)",
                    "left out": "\(record.omissions.count)",
                ])
            return record
        case .failure where current.isOver:
            log.notice("backup", metadata: ["given up": "the daemon ends"])
            return nil
        case .failure(let error):
            log.error("backup", metadata: ["failed": "\(error)"])
            return nil
        }
    }
}

/// Makes backups when the time has come.
struct BackupSchedule: Service {
    let desk: BackupDesk
    let notices: Notices
    let lines: [LineID]
    let mint: Mint
    let pause: Pause

    /// The first waits until the start is over; then it is looked every so often, for clocks are set.
    static let firstPause: Duration = .seconds(120)
    static let longestPause: Duration = .seconds(600)

    func run() async throws {
        try await withTaskCancellationHandler {
            try await pause(Self.firstPause)
            while !Task.isCancelled {
                if desk.nextAt <= mint.now() { await make() }
                try await pause(min(Self.longestPause, max(.seconds(1), desk.nextAt - mint.now())))
            }
        } onCancel: {
            desk.end()
        }
    }

    /// What failed is told the owner, once a day.
    private func make() async {
        guard await desk.make() == nil, !Task.isCancelled, let failure = desk.current.log.failure, let line = lines.first else { return }
        await notices.tell(line, topic: "backup", "The backup failed. \(failure.sentence)")
    }
}
