import ArgumentParser
import Daemon
import Foundation
import Simulator
import Telephony

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See everything move without hardware: a simulated SIM behind the real drivers.",
        discussion: "Leave it running and use another terminal for 'homeline demo text'.", subcommands: [Serve.self, Text.self, Photo.self],
        defaultSubcommand: Serve.self)

    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Run the demo (the default).")

        @Option(name: .long, help: "The address apps connect to; use this machine's own to try a phone.") var address = "127.0.0.1"
        @Option(name: .long, help: "The SIP port; TLS listens on the next one.") var port = 5060
        @Option(name: .long, help: "The port of the HTTP API.") var httpPort = 8080
        @Option(name: .long, help: "Directory for the demo's ledger and sockets; kept between runs.") var directory = DemoPlaces.standard

        func run() async throws {
            let demo = DemoRun(places: DemoPlaces(directory), address: address, sipPort: port, httpPort: httpPort)
            do {
                try await demo.run { Terminal.say($0.harmlessLine) }
            } catch {
                Terminal.complain("\(error)")
                throw ExitCode.failure
            }
        }
    }

    struct Text: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a text from the outside world to the demo's SIM.", discussion: "Example: homeline demo text +15550100123 'Your code is 4711'")

        @Argument(help: "Who it is from: a number, a short code or a name.") var from: String
        @Argument(help: "The text.") var text: String
        @Option(name: .long, help: "The running demo's directory.") var directory = DemoPlaces.standard

        func run() async throws {
            do {
                try OutsideWorld(socket: DemoPlaces(directory).control).text(from: from, text)
                Terminal.say("Sent into the cellular network.")
            } catch {
                Terminal.complain("\(error). Is 'homeline demo' running?")
                throw ExitCode.daemonNotRunning
            }
        }
    }

    struct Photo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a picture, a voice note or any file by MMS from the outside world to the demo's SIM.",
            discussion: "Example: homeline demo photo +15550100123 holiday.jpg --text 'The sea'")

        @Argument(help: "Who it is from: a number.") var from: String
        @Argument(help: "One file or several.", completion: .file()) var files: [String]
        @Option(name: .long, help: "Words to go with it.") var text: String?
        @Option(name: .long, help: "Another member of the group it goes to; may be given several times.") var member: [String] = []
        @Option(name: .long, help: "The running demo's directory.") var directory = DemoPlaces.standard

        func run() async throws {
            let paths = files.map { URL(fileURLWithPath: $0).path }
            if let missing = paths.first(where: { !FileManager.default.isReadableFile(atPath: $0) }) {
                Terminal.complain("\(missing) cannot be read.")
                throw ExitCode.validationFailure
            }
            do {
                try OutsideWorld(socket: DemoPlaces(directory).control).pictures(from: from, files: paths, text: text, members: member)
                Terminal.say("Sent into the cellular network.")
            } catch {
                Terminal.complain("\(error). Is 'homeline demo' running?")
                throw ExitCode.daemonNotRunning
            }
        }
    }
}
