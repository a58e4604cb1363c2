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
        let log = current.log
        let next = log.last.map { $0.madeAt + settings.every.duration } ?? mint.now()
        // What failed is tried again, but not all the time.
        return log.failure.map { max(next, $0.at + Self.retryPause) } ?? next
    }

    static let retryPause: Duration = .seconds(3600)

    /// Makes one, and deletes those that are too many; what comes of it is in the log. Nil where one is being made already, or it failed.
    @discardableResult
    func make() async -> BackupRecord? {
        let isFree = course.withLock { course in
            guard course.progress == nil else { return false }
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
            case .failure(let error):
                course.log.failure = BackupLog.Failure(at: mint.now(), sentence: error.description)
            }
            course.log.keep(in: state)
        }
        return tell(result)
    }

    private func attempt() async -> Result<BackupRecord, BackupError> {
        guard let passphrase = SecretFile.firstLine(of: settings.passphraseFile) else {
            return .failure(.refused("\(settings.passphraseFile) cannot be read, or is empty."))
        }
        let path = "\(settings.folder)/\(BackupFolder.name(at: mint.now()))"
        let backup = Backup(of: state, configuration: configuration, passphrase: passphrase, now: mint.now)
        do {
            let record = try await backup.make(path, ledger: ledger) { progress throws(BackupError) in self.course.withLock { $0.progress = progress } }
            // Those that are proven take the place of the oldest; one with faults takes nobody's.
            if record.faults.isEmpty { folder.keep(settings.keep) }
            return .success(record)
        } catch {
            return .failure(error)
        }
    }

    private func tell(_ result: Result<BackupRecord, BackupError>) -> BackupRecord? {
        switch result {
        case .success(let record):
            log.info("backup", metadata: ["messages": "\(record.messages)", "files": "\(record.files)", "octets": "\(record.octets)", "faults": "\(record.faults.count)"])
            return record
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
        try await pause(Self.firstPause)
        while !Task.isCancelled {
            if desk.nextAt <= mint.now() { await make() }
            try await pause(min(Self.longestPause, max(.seconds(1), desk.nextAt - mint.now())))
        }
    }

    /// What failed is told the owner, once a day.
    private func make() async {
        guard await desk.make() == nil, let failure = desk.current.log.failure, let line = lines.first else { return }
        await notices.tell(line, topic: "backup", "The backup failed. \(failure.sentence)")
    }
}
