import ArgumentParser
import Daemon
import Foundation

struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a text from a line, with files where the line takes them.",
        discussion: """
            Returns when the running daemon has it on disk.

            homeline send --line home +15550100123 'On my way'
            homeline send --file photo.jpg +15550100123 'Look at this'
            """)

    @OptionGroup var state: StateOption
    @Option(name: .shortAndLong, help: "The line it leaves from; may be left out where there is one.") var line: String?
    @Option(name: .long, help: "Sent at most once under the same key, however often you repeat the command.") var key: String?
    @Option(name: .long, help: "A file to go with it; may be given several times.") var file: [String] = []
    @Option(name: .long, help: "The heading of a message with files.") var subject: String?
    @Argument(help: "A telephone number.") var recipient: String
    @Argument(help: "The text; - reads standard input. May be left out where there is a file.") var text: String?

    func run() async throws {
        let client = DaemonClient(state: try state.directory())
        let words = text == "-" ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : text
        guard words != nil || !file.isEmpty else {
            Terminal.complain("nothing to send: give a text or a --file")
            throw ExitCode.validationFailure
        }
        let lines = try await client.call("GET", "/api/v1/lines")
        let names = (lines["lines"] ?? lines).elements.compactMap { $0["line"]?.text }
        guard let chosen = line ?? (names.count == 1 ? names.first : nil) else {
            Terminal.complain("which line? There are \(names.joined(separator: ", ")); use --line")
            throw ExitCode.validationFailure
        }
        var body: [String: JSONValue] = [
            "line": .string(chosen), "to": .list([.string(recipient)]), "idempotencyKey": .string(key ?? "cli/\(UUID().uuidString)"),
        ]
        if let words { body["text"] = .string(words) }
        if let subject { body["subject"] = .string(subject) }
        if !file.isEmpty { body["parts"] = .list(try file.map { try AttachedFile(path: $0).part }) }
        let answer = try await client.call("POST", "/api/v1/messages", body: body)
        let id = answer["id"]?.text ?? ""
        Terminal.say("\(id)  on disk; 'homeline timeline \(id)' shows where it goes")
    }
}
