import ArgumentParser
import Daemon
import Telephony

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a state directory of a backup: whole, or not at all.",
        discussion: """
            The daemon must not run on it. What waited to leave when the backup was made may have left since: it is in doubt, and you decide.
            """)

    @Argument(help: "The backup.") var file: String
    @Option(name: .long, help: "The state directory to make.") var state = "/var/lib/homeline"
    @OptionGroup var passphrase: PassphraseOption
    @Flag(help: "Put what is in the state directory aside, and take the backup's.") var force = false
    @Flag(help: "Look at the backup as a restore would, and change nothing.") var dryRun = false
    @Flag(help: "Put the configuration and the files it names where they were; nothing that is there is written over.") var placeConfiguration = false

    func run() async throws {
        let secret = try passphrase.passphrase(isNew: .known)
        do {
            if dryRun { try await prove(secret) } else { try await restore(secret) }
        } catch let error as BackupError {
            Terminal.complain(error.description)
            throw error.exitCode
        }
    }

    private func prove(_ secret: String) async throws {
        // Messages lie there in the clear for a moment.
        let proof = try await PassingFolder.with { folder in
            try await Restore.prove(file, passphrase: secret, scratch: folder, progress: ProgressLine().tell)
        }
        Terminal.say("\(file), of \(CivilDate(proof.madeAt).rfc3339): \(proof.messages) messages, \(proof.files) files.", .bold)
        for fault in proof.faults { Terminal.complain(fault) }
        if !proof.faults.isEmpty { throw ExitCode.ledgerUnusable }
    }

    private func restore(_ secret: String) async throws {
        let restore = Restore(from: file, passphrase: secret, to: StateDirectory(state), now: { SystemClock().now() })
        let result = try await restore.run(force ? .replace : .refuse, placeConfiguration ? .place(below: "/") : .besideState, progress: ProgressLine().tell)
        Terminal.say("\(state) is what it was at \(CivilDate(result.madeAt).rfc3339): \(result.messages) messages, \(result.files) files.", .bold)
        if let replaced = result.replaced { Terminal.say("  What was there is in \(replaced).") }
        if result.held.sends > 0 {
            Terminal.say("  \(result.held.sends) texts that waited to leave are in doubt: they may have left since. The Console and 'homeline settle' decide.")
        }
        if result.held.scheduled > 0 {
            Terminal.say("  \(result.held.scheduled) messages whose time has come since may have left, too. They wait in the Console, each for its writer.")
        }
        for path in result.configuration { Terminal.say("  • \(path.harmlessLine)") }
        for path in result.kept { Terminal.say("  • \(path.harmlessLine) is there already and stays; the backup's is in \(state)/configuration") }
        for fault in result.faults { Terminal.complain(fault) }
        Terminal.say("\nNext: homeline check, then start Homeline. Browsers sign in again; API tokens revoked since then are good again: homeline token list.")
    }
}
