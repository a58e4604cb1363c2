import ArgumentParser
import Daemon
import Foundation

struct Support: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what helps somebody else to see what is wrong, without secrets, numbers and texts.",
        discussion: "Read it before you hand it on. Where the daemon runs it is asked, and its log is with it.")

    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .shortAndLong, help: "Where it is written; - is standard output.") var output = "homeline-support.txt"

    func run() async throws {
        let settings = try configuration.settings()
        let state = StateDirectory(settings.stateDirectory)
        let text = FileManager.default.fileExists(atPath: state.socket) ? try? await DaemonClient(state: state).text("/api/v1/support") : nil
        let bundle = if let text { text } else { try await SupportBundle(settings).text() }
        guard output != "-" else { return Terminal.say(bundle) }
        guard FileManager.default.createFile(atPath: output, contents: Data(bundle.utf8), attributes: [.posixPermissions: 0o600]) else {
            Terminal.complain("\(output) cannot be written")
            throw ExitCode.cannotCreate
        }
        Terminal.say("Written to \(output). Read it before you hand it on.")
    }
}
