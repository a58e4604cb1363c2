import ArgumentParser
import Daemon
import Glibc
import QR
import Telephony

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "People who own or share lines, and their SIP accounts.",
        subcommands: [Add.self, Provision.self, Remove.self, List.self, Forget.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person, or give one a new password or other lines. A running daemon notices by itself.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The name of the SIP account: small letters, digits, - and _, a letter first.") var name: String
        @Option(name: .shortAndLong, parsing: .upToNextOption, help: "Their lines, the preferred one first; where left out all, or those that they have.") var line: [String] = []
        @Flag(help: "Read the password from standard input instead of making one.") var passwordStdin = false

        func run() async throws {
            let settings = try configuration.settings()
            do {
                let password = passwordStdin ? readLine(strippingNewline: true) ?? "" : nil
                guard password?.isEmpty != true else {
                    Terminal.complain("there is no password on standard input")
                    throw ExitCode.failure
                }
                let account = try await Accounts.add(name, lines: line, password: password, settings: settings)
                Terminal.say("SIP account  sip:\(account.name)@\(account.domain)", .bold)
                if !passwordStdin { Terminal.say("Password     \(account.password)   (shown once; only its digest is kept)") }
                Terminal.say("Server       " + account.servers.joined(separator: "  "))
                Terminal.say("Linphone sets itself up: homeline person provision \(name)", .dim)
            } catch let error as Accounts.Mistake {
                Terminal.complain(error.description)
                throw ExitCode.failure
            }
        }
    }

    struct Provision: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set up an app: print a link that Linphone takes its settings from, as text and as a QR code.",
            discussion: "The link is good once, and for half an hour. Each app gets a password of its own; forgetting the app ends it.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The person.") var name: String
        @Option(name: .long, help: "What you call the app, such as \"Alice's phone\".") var label = "Linphone"
        @Flag(help: "Print settings to type into any SIP app instead.") var plain = false

        func run() async throws {
            let settings = try configuration.settings()
            do {
                if plain { try await printSettings(settings) } else { try await printLink(settings) }
            } catch let error as Accounts.Mistake {
                Terminal.complain(error.description)
                throw ExitCode.failure
            }
        }

        private func printSettings(_ settings: DaemonSettings) async throws {
            for row in try await Accounts.plainSettings(for: name, label: label, settings: settings).rows {
                Terminal.say(row.field.rawValue + String(repeating: " ", count: max(1, 13 - row.field.rawValue.count)) + row.value)
            }
            Terminal.say("The password is shown once; only its digest is kept.", .dim)
        }

        private func printLink(_ settings: DaemonSettings) async throws {
            let link = try await Accounts.link(for: name, label: label, settings: settings)
            Terminal.say(link.url)
            Terminal.say(QRCode(link.url)?.halfBlocks ?? [])
            Terminal.say("In Linphone: the account assistant, Scan QR code. Good once, until \(CivilDate(link.expiresAt).rfc3339).", .dim)
            switch link.reach {
            case .encrypted: break
            case .untrusted: Terminal.complain("the certificate is self-signed, and Linphone refuses it unless it is installed on the phone; see certificates")
            case .plain: Terminal.complain("this link is not encrypted: use it on a network of your own, or give http a certificate")
            case .refused: Terminal.complain("phones are refused: http has no certificate, so the Console is shown to this machine only; see http.console")
            case .thisMachine: Terminal.complain("this link opens on this machine only; say under which address phones reach it: http.public-url")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a person. Their messages stay, and so does their way into the Console; without one their contacts, drafts and blocks go too.")
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
            if try await ledger.accounts().contains(where: { $0.person == PersonID(name) }) {
                Terminal.complain("\(name) still signs in to the Console; 'homeline console remove \(name)' ends that")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show persons, their lines and their devices.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            let now = SystemClock().now()
            for person in try await ledger.persons() {
                Terminal.say("\(person.id)  \(person.lines.map(\.name).joined(separator: ", "))", .bold)
                for record in try await ledger.deviceRecords(of: person.id) {
                    let label = person.apps.first { $0.id == record.password }.map { "  \($0.label)" } ?? ""
                    Terminal.say("  \(record.device.name.harmlessLine)  \(state(of: record, now).harmlessLine)\(label.harmlessLine)")
                }
            }
        }

        private func state(of record: DeviceRecord, _ now: Instant) -> String {
            if let until = record.expiresAt, until > now { return "registered until \(CivilDate(until).rfc3339), \(record.userAgent)" }
            let seen = record.seenAt.map { ", last seen \(CivilDate($0).rfc3339), \(record.userAgent)" } ?? ""
            return "away\(seen)"
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget a device that will not come back, and what waits for it.")
        @OptionGroup var state: StateOption
        @Argument var name: String
        @Argument(help: "The device, as 'homeline person list' shows it.") var device: String

        func run() async throws {
            let ledger = try LedgerAccess.open(try state.directory())
            guard try await ledger.deviceRecords(of: PersonID(name)).contains(where: { $0.device == DeviceID(device) }) else {
                Terminal.complain("\(name) has no device \(device); 'homeline person list' shows them")
                throw ExitCode.failure
            }
            try await ledger.forget(PersonID(name), DeviceID(device), now: SystemClock().now())
            Terminal.say("The device is forgotten.")
        }
    }
}
