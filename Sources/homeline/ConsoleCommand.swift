import ArgumentParser
import Daemon
import Glibc
import Telephony

struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Who may sign in to the web pages.",
        discussion: "A running daemon notices by itself.", subcommands: [
            Link.self, Password.self, Remove.self, List.self, ConsoleFactors.self, ConsoleSignOut.self, ConsoleAudit.self,
        ])

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link with which somebody chooses a password. It is good once, and for an hour.",
            discussion: "With --person also for who has forgotten theirs: the new password signs out all their browsers.")
        @OptionGroup var configuration: ConfigurationOption
        @Option(name: .long, help: "Whom it is for; left out, who opens it chooses the name.") var person: String?
        @Option(name: .long, help: "owner sees every line, member their own.") var role = "owner"

        func run() async throws {
            guard let role = Account.Role(rawValue: role) else {
                Terminal.complain("roles are owner and member")
                throw ExitCode.validationFailure
            }
            let access = ConsoleAccess(try configuration.settings())
            try await complaining { Terminal.say(try await access.link(for: person, role: role)) }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a password. Where there is no account of the name, an owner is made.", discussion: "It is asked for, or read from standard input.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The person's name.") var name: String

        func run() async throws {
            let access = ConsoleAccess(try configuration.settings())
            guard let password = Self.ask(), password.count >= 10 else {
                Terminal.complain("a password of at least 10 characters is needed")
                throw ExitCode.failure
            }
            try await complaining { try await access.setPassword(of: name, password) }
            Terminal.say("\(name) signs in with the new password.")
        }

        private static func ask() -> String? {
            guard isatty(STDIN_FILENO) == 1 else { return readLine(strippingNewline: true) }
            return getpass("Password for the Console: ").map { String(cString: $0) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody sign in no longer. Their SIP account and messages stay; without one their contacts, drafts and blocks go.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String

        func run() async throws {
            guard try await ConsoleAccess(try configuration.settings()).remove(name) else { throw nobody(named: name) }
            Terminal.say("\(name) is signed out and signs in no longer.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show who may sign in.")
        @OptionGroup var configuration: ConfigurationOption

        func run() async throws {
            for account in try await ConsoleAccess(try configuration.settings()).accounts() {
                Terminal.say("\(account.person)  \(account.role.rawValue)  since \(CivilDate(account.createdAt).rfc3339)")
            }
        }
    }
}

/// Says what a person got wrong, without the trimmings of an error.
private func complaining(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let mistake as Accounts.Mistake {
        Terminal.complain(mistake.description)
        throw ExitCode.failure
    }
}
