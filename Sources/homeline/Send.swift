import ArgumentParser
import Daemon
import Foundation

struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a text from a line.", discussion: "Returns when the running daemon has it on disk. Example: homeline send --line home +15550100123 'On my way'")

    @OptionGroup var state: StateOption
    @Option(name: .shortAndLong, help: "The line it leaves from; may be left out where there is one.") var line: String?
    @Option(name: .long, help: "Sent at most once under the same key, however often you repeat the command.") var key: String?
    @Argument(help: "A telephone number.") var recipient: String
    @Argument(help: "The text; - reads standard input.") var text: String

    func run() async throws {
        let client = DaemonClient(state: try state.directory())
        let words = text == "-" ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : text
        let lines = try await client.call("GET", "/api/v1/lines")
        let names = (lines["lines"] ?? lines).elements.compactMap { ($0["id"] ?? $0["line"])?.text }
        guard let chosen = line ?? (names.count == 1 ? names.first : nil) else {
            Terminal.complain("which line? There are \(names.joined(separator: ", ")); use --line")
            throw ExitCode.validationFailure
        }
        let answer = try await client.call(
            "POST", "/api/v1/messages",
            body: [
                "line": .string(chosen), "to": .list([.string(recipient)]), "text": .string(words),
                "idempotencyKey": .string(key ?? "cli/\(UUID().uuidString)"),
            ])
        let id = answer["id"]?.text ?? ""
        Terminal.say("\(id)  on disk; 'homeline timeline \(id)' shows where it goes")
    }
}
