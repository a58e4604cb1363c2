import ArgumentParser
import Daemon

/// Another phone's messages, as history.
struct ImportMessages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "android-xml", abstract: "Take over another phone's messages, from a file of the Android app SMS Backup & Restore.",
        discussion: "They are history: never sent, never brought to an app. A file that is read twice adds nothing the second time.")

    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .long, help: "The line whose number they came to.") var line: String
    @Argument(help: "The file.") var file: String

    func run() async throws {
        try await moving(configuration) { moving in
            let outcome = try await moving.importMessages(file, to: line)
            Terminal.say("\(outcome.added) messages were added.", .bold)
            if outcome.known > 0 { Terminal.say("  \(outcome.known) were there already.") }
            if outcome.unsent > 0 { Terminal.say("  \(outcome.unsent) drafts and unsent messages were left.") }
            if outcome.unreadable > 0 { Terminal.say("  \(outcome.unreadable) could not be read: no party, no date, or nothing in them.") }
        }
    }
}
