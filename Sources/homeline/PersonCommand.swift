import ArgumentParser
import Daemon
import Glibc
import Telephony

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "People who own or share lines, and their SIP accounts.",
        subcommands: [Add.self, Remove.self, List.self, Forget.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person, or give one a new password or other lines. A running daemon notices by itself.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The name of the SIP account: small letters, digits, - and _, a letter first.") var name: String
        @Option(name: .shortAndLong, parsing: .upToNextOption, help: "Their lines, the preferred one first; all where left out.") var line: [String] = []
        @Flag(help: "Read the password from standard input instead of making one.") var passwordStdin = false

        func run() async throws {
            let settings = try configuration.settings()
            do {
                let password = passwordStdin ? readLine(strippingNewline: true) : nil
                let account = try await Accounts.add(name, lines: line, password: password, settings: settings)
                Terminal.say("SIP account  sip:\(account.name)@\(account.domain)", .bold)
                if !passwordStdin { Terminal.say("Password     \(account.password)   (shown once; only its digest is kept)") }
                Terminal.say("Server       " + account.servers.joined(separator: "  "))
            } catch let error as Accounts.Mistake {
                Terminal.complain(error.description)
                throw ExitCode.failure
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a person. Their messages stay.")
        @OptionGroup var state: StateOption
        @Argument var name: String

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            guard try await ledger.persons().contains(where: { $0.id == PersonID(name) }) else {
                Terminal.complain("there is nobody named \(name)")
                throw ExitCode.failure
            }
            try await ledger.remove(PersonID(name), now: SystemClock().now())
            Terminal.say("\(name) is removed.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show persons, their lines and their devices.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            let bindings = try await ledger.bindings(now: SystemClock().now())
            for person in try await ledger.persons() {
                Terminal.say("\(person.id)  \(person.lines.map(\.name).joined(separator: ", "))", .bold)
                for device in try await ledger.devices(of: person.id) {
                    let binding = bindings.first { $0.person == person.id && $0.device == device }
                    let state = binding.map { "registered until \(CivilDate($0.expiresAt).rfc3339), \($0.userAgent)" } ?? "away"
                    Terminal.say("  \(device.name.harmlessLine)  \(state.harmlessLine)")
                }
            }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget a device that will not come back, and what waits for it.")
        @OptionGroup var state: StateOption
        @Argument var name: String
        @Argument(help: "The device, as 'homeline person list' shows it.") var device: String

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            try await ledger.forget(PersonID(name), DeviceID(device), now: SystemClock().now())
            Terminal.say("The device is forgotten.")
        }
    }
}
