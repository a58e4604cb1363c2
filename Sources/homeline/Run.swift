import ArgumentParser
import Daemon
import Exchange

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon in the foreground, as the service manager does.",
        discussion: "Stops cleanly at SIGTERM and SIGINT: what is being sent is finished first.")

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let settings = try configuration.settings()
        do {
            try await RunningDaemon.run(settings)
        } catch let error as StateError {
            Terminal.complain(error.description)
            throw ExitCode.cannotCreate
        } catch let error as LedgerError {
            Terminal.complain(error.description)
            throw error.exitCode
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }
}
