import ArgumentParser
import Daemon
import Telephony

struct LineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "line", abstract: "About lines.", subcommands: [List.self, USSD.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show each line's number, network and state.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let answer = try await DaemonClient(state: try state.directory()).call("GET", "/api/v1/lines")
            for line in (answer["lines"] ?? answer).elements {
                let health = line["health"]
                let words = [line["id"]?.text, line["number"]?.text, line["carrier"]?.text, health?["state"]?.text, health?["summary"]?.text]
                Terminal.say((words.compactMap(\.self).joined(separator: "  ")).harmlessLine)
            }
        }
    }

    struct USSD: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ussd", abstract: "Ask the network something with a code, such as *100# for the balance.")
        @OptionGroup var state: StateOption
        @Argument(help: "The line.") var line: String
        @Argument(help: "The code, or the reply the network waits for.") var code: String

        func run() async throws {
            let answer = try await DaemonClient(state: try state.directory())
                .call("POST", "/api/v1/lines/\(line)/ussd", body: ["text": .string(code)])
            Terminal.say((answer["text"]?.text ?? "").harmlessLines)
            if answer["expectsReply"]?.text == "true" { Terminal.say("The network waits for a reply: homeline line ussd \(line) REPLY", .dim) }
        }
    }
}
