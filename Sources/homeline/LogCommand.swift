import ArgumentParser
import Daemon
import Telephony

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Follow the running daemon's log, numbers and secrets masked.", discussion: "Ends with Ctrl-C.")

    @OptionGroup var state: StateOption
    @Option(name: .long, help: "The least grave that is shown: info, notice, warning or error.") var level = "info"

    func run() async throws {
        guard ["info", "notice", "warning", "error"].contains(level) else {
            Terminal.complain("levels are info, notice, warning and error")
            throw ExitCode.validationFailure
        }
        try await DaemonClient(state: try state.directory()).events("/api/v1/log?level=\(level)") { line in
            let words = ["at", "level", "part", "text", "details"].compactMap { line[$0]?.text }.filter { !$0.isEmpty }
            let style: Terminal.Style =
                switch line["level"]?.text {
                case "error": .red
                case "warning": .yellow
                default: .plain
                }
            Terminal.say(words.joined(separator: " ").harmlessLine, style)
        }
    }
}
