import ArgumentParser
import Daemon
import Telephony

struct ConsoleFactors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factors", abstract: "Show what somebody signs in with besides the password, or take it away.",
        discussion: "Taking it away is for who has lost their phone: afterwards the password alone is asked for. Who has no password needs a link.")
    @OptionGroup var configuration: ConfigurationOption
    @Argument(help: "The person's name.") var name: String
    @Flag(name: .long, help: "Turn codes off and forget all passkeys.") var remove = false

    func run() async throws {
        let access = ConsoleAccess(try configuration.settings())
        if remove { try await access.removeFactors(of: name) }
        guard let factors = try await access.factors(of: name) else { throw nobody(named: name) }
        Terminal.say(factors.asksForCodes ? "codes: on, \(factors.recoveryCodes) recovery codes left" : "codes: off")
        for passkey in factors.passkeys { Terminal.say(passkey.line) }
    }
}

/// Said of a name that is mistyped.
func nobody(named name: String) -> ExitCode {
    Terminal.complain("nobody named \(name) signs in here")
    return .failure
}

struct ConsoleSignOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sign-out", abstract: "Sign out all browsers of somebody.")
    @OptionGroup var configuration: ConfigurationOption
    @Argument(help: "The person's name.") var name: String

    func run() async throws {
        guard let count = try await ConsoleAccess(try configuration.settings()).signOut(name) else { throw nobody(named: name) }
        Terminal.say("\(count) browsers of \(name) are signed out.")
    }
}

struct ConsoleAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "audit", abstract: "Show who did what, the latest first.")
    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .long, help: "How many entries.") var count = 50

    func run() async throws {
        guard (1...100_000).contains(count) else {
            Terminal.complain("--count is a number from 1 to 100000")
            throw ExitCode.validationFailure
        }
        for entry in try await ConsoleAccess(try configuration.settings()).audit(count) { Terminal.say(entry.line) }
    }
}
