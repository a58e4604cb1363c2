import ArgumentParser
import Daemon

struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "Whom people know: the names beside numbers, in the Console and in SIP apps.", subcommands: [Import.self, Export.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take over contacts from a vCard file (.vcf).", discussion: "A contact that is there already, by its UID, is replaced; the others stay.")
        @OptionGroup var configuration: ConfigurationOption
        @Option(name: .long, help: "Whose contacts they are.") var person: String
        @Argument(help: "The file.") var file: String

        func run() async throws {
            try await moving(configuration) { moving in
                let (contacts, omitted) = try await moving.importContacts(file, of: person)
                Terminal.say("\(contacts) contacts of \(person).", .bold)
                if omitted > 0 { Terminal.say("  \(omitted) entries could not be taken: they have no name, or are too large.") }
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a person's contacts to a vCard file, with all that was known of them when they came.")
        @OptionGroup var configuration: ConfigurationOption
        @Option(name: .long, help: "Whose contacts they are.") var person: String
        @Argument(help: "The file to write, where nothing is.") var file: String

        func run() async throws {
            try await moving(configuration) { moving in Terminal.say("\(file): \(try await moving.exportContacts(of: person, to: file)) contacts.", .bold) }
        }
    }
}

/// Opens what a command moves things in and out of, and says what went wrong.
func moving(_ configuration: ConfigurationOption, _ work: (Moving) async throws -> Void) async throws {
    let settings = try configuration.settings()
    do {
        try await work(try Moving(settings, state: StateDirectory(settings.stateDirectory)))
    } catch let error as MovingError {
        Terminal.complain(error.description)
        throw ExitCode.failure
    }
}
