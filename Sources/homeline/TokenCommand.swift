import ArgumentParser
import Daemon
import Telephony

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Keys for the HTTP API.", subcommands: [Create.self, Revoke.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. It is shown once; only its hash is kept.",
            discussion: "A name that is known is refused: a program has that token, and would be shut out. --replace makes a new one in its place.")
        @OptionGroup var state: StateOption
        @Argument(help: "A name to know it by.") var name: String
        @Option(name: .long, parsing: .upToNextOption, help: "read, send, admin.") var scope: [String] = ["read", "send"]
        @Option(name: .long, help: "Days until it ends; never where left out.") var days: Int?
        @Flag(help: "Take the place of the token of that name, whose secret is good no longer.") var replace = false

        func run() async throws {
            let scopes = Set(scope.compactMap(Token.Scope.init))
            guard scopes.count == Set(scope).count else {
                Terminal.complain("scopes are read, send and admin")
                throw ExitCode.validationFailure
            }
            guard (0...36_500).contains(days ?? 0) else {
                Terminal.complain("--days is a number up to 36500")
                throw ExitCode.validationFailure
            }
            let ledger = try LedgerAccess.open(try state.directory())
            do {
                Terminal.say(try await Tokens.create(name, scopes: scopes, days: days, replace ? .replace : .refuse, ledger: ledger))
            } catch is Tokens.Taken {
                Terminal.complain("there is a token named \(name) already, and whoever has it would be shut out; choose another name, or --replace it")
                throw ExitCode.failure
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token.")
        @OptionGroup var state: StateOption
        @Argument var name: String

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            guard try await Tokens.revoke(name, ledger: ledger) else {
                Terminal.complain("there is no token named \(name)")
                throw ExitCode.failure
            }
            Terminal.say("\(name) is revoked.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show tokens by name.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            let uses = try await ledger.tokenUses()
            for token in try await ledger.tokens() {
                let scopes = token.scopes.map(\.rawValue).sorted().joined(separator: ",")
                let end = token.expiresAt.map { "until \(CivilDate($0).rfc3339)" } ?? "without end"
                let used = uses[token.name].flatMap { $0 >= token.createdAt ? "last used \(CivilDate($0).rfc3339)" : nil } ?? "never used"
                Terminal.say("\(token.name)  \(scopes)  made \(CivilDate(token.createdAt).rfc3339)  \(end)  \(used)".harmlessLine)
            }
        }
    }
}
