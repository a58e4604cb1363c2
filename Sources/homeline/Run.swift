import ArgumentParser
import Daemon
import Exchange
import Settings

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon in the foreground, as the service manager does.",
        discussion: """
            Where there is no configuration yet it begins with one in which nothing is set up, and prints a link to the pages that set it up.
            Stops cleanly at SIGTERM and SIGINT: what is being sent is finished first.
            """)

    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .long, help: "Where state is kept, where there is no configuration yet that says it.") var state: String?

    func run() async throws {
        let file = ConfigurationFile(configuration.config)
        if !file.exists { try await begin(file) }
        let settings = try configuration.settings()
        do {
            // A log is read by more eyes than a terminal.
            if Terminal.isInteractive, let link = try await ConsoleAccess(settings).firstLink() { welcome(link, settings) }
            try await RunningDaemon.run(file)
        } catch let error as StateError {
            Terminal.complain(error.description)
            throw ExitCode.cannotCreate
        } catch let error as SettingsError {
            Terminal.complain("\(configuration.config): \(error)")
            throw ExitCode.badConfiguration
        } catch let error as LedgerError {
            Terminal.complain(error.description)
            throw error.exitCode
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }

    private func begin(_ file: ConfigurationFile) async throws {
        do {
            try await FirstConfiguration.begin(file, state: state)
            Terminal.say("Nothing is set up yet. Wrote \(file.path) to begin with.", .dim)
        } catch {
            Terminal.complain("\(error.reason). --config names another place.")
            throw ExitCode.cannotCreate
        }
    }

    private func welcome(_ link: String, _ settings: DaemonSettings) {
        Terminal.say("The first visit, good for an hour: \(link)", .bold)
        guard settings.lines.isEmpty, let listen = settings.http.listen, listen.hasPrefix("127.0.0.1:") else { return }
        let port = listen.dropFirst(10)
        Terminal.say("Open it in a browser on this machine. From another one: ssh -L \(port):127.0.0.1:\(port) THIS-MACHINE, and open it there.", .dim)
    }
}
