import ArgumentParser
import Daemon
import Telephony

struct LineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "line", abstract: "About lines.", subcommands: [List.self, Add.self, Remove.self, USSD.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show each line's number, network and state.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let answer = try await DaemonClient(state: try state.directory()).call("GET", "/api/v1/lines")
            for line in (answer["lines"] ?? answer).elements {
                let health = line["health"]
                let words = [line["line"]?.text, line["number"]?.text, line["carrier"]?.text, health?["state"]?.text, health?["summary"]?.text]
                Terminal.say((words.compactMap(\.self).joined(separator: "  ")).harmlessLine)
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a line to the configuration.",
            discussion: """
                Its keys are those of 'homeline config example'; what does not hold is refused before anything is written. A running daemon takes the line up \
                with 'homeline restart'.
                Example: homeline line add work trunk=hilink url=http://192.168.8.1 password-file=/etc/homeline/router
                """)
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The name of the line: letters, digits, - and _.") var name: String
        @Argument(help: "KEY=VALUE, several; mms.apn=VALUE for a key within a section.") var settings: [String]

        func run() throws {
            try configuration.change { try Assignments(settings).changes(below: ["lines", name]) } before: { file in
                guard try file.has(["lines", name]) else { return }
                Terminal.complain("there is a line \(name) already; 'homeline config set lines.\(name).KEY=VALUE' changes it")
                throw ExitCode.failure
            }
            Terminal.say("Added the line \(name). 'homeline restart' has a running daemon take it up.")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a line out of the configuration. Its messages stay; a running daemon gives it up with 'homeline restart'.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The line.") var name: String

        func run() throws {
            try configuration.change { [.remove(["lines", name])] } before: { file in
                guard try !file.has(["lines", name]) else { return }
                Terminal.complain("there is no line named \(name)")
                throw ExitCode.failure
            }
            Terminal.say("Removed the line \(name). 'homeline restart' has a running daemon give it up.")
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
