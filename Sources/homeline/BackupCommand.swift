import ArgumentParser
import Daemon
import Exchange
import Synchronization
import Telephony

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make an encrypted backup of everything that is needed to go on elsewhere.",
        discussion: """
            The daemon may run meanwhile. The file is proven by opening it again. 'homeline restore' makes a state directory of it; so do \
            'age --decrypt' and 'tar'. Keep the passphrase elsewhere: nobody opens it without.
            """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var passphrase: PassphraseOption
    @Argument(help: "The file to write; what is there is written over when the new one is whole.") var file: String

    func run() async throws {
        let settings = try configuration.settings()
        let secret = try passphrase.passphrase(otherwise: settings.backup?.passphraseFile, isNew: .chosen)
        let state = StateDirectory(settings.stateDirectory)
        do {
            let ledger = try LedgerAccess.open(state)
            let backup = Backup(of: state, configuration: configuration.config, passphrase: secret, now: { SystemClock().now() })
            let record = try await backup.make(file, ledger: ledger, progress: ProgressLine().tell)
            await ledger.noteCommand(.backupTaken)
            Terminal.say("\(file): \(record.messages) messages, \(record.files) files, \(record.octets.inMegabytes), opened again and whole.", .bold)
            for omission in record.omissions { Terminal.say("  \(omission.harmlessLine)", .yellow) }
            for fault in record.faults { Terminal.complain(fault) }
            if !record.faults.isEmpty { throw ExitCode.ledgerUnusable }
        } catch let error as BackupError {
            Terminal.complain(error.description)
            throw error.exitCode
        } catch let error as StateError {
            Terminal.complain(error.description)
            throw ExitCode.cannotCreate
        }
    }
}

extension BackupError {
    var exitCode: ExitCode {
        switch self {
        case .noRoom, .failed: .cannotCreate
        case .damaged: .ledgerUnusable
        case .wrongPassphrase, .refused, .cancelled: .failure
        }
    }
}

extension Int {
    /// `12.3 MB`
    var inMegabytes: String { "\(self / 1_000_000).\(self / 100_000 % 10) MB" }
}

/// One line of a terminal that tells how far it is; nothing where nobody looks.
final class ProgressLine: Sendable {
    private let shown = Mutex("")

    @Sendable func tell(_ progress: BackupProgress) {
        guard Terminal.isInteractive else { return }
        let text = "\(progress.phase.rawValue) \(progress.percent) %"
        let isNew = shown.withLock { last in
            defer { last = text }
            return last != text
        }
        guard isNew else { return }
        let isOver = progress.phase == .checking && progress.percent == 100
        Terminal.overwrite(isOver ? "" : text)
    }
}
