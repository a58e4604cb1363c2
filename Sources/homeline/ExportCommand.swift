import ArgumentParser
import Daemon
import Transfer

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write messages to a file that other programs read.",
        discussion: "json has everything; android-xml is what the app SMS Backup & Restore reads. The file is not encrypted. The daemon may run.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json
        case androidXML = "android-xml"

        var form: MessageExport.Format { self == .json ? .json : .androidXML }
    }

    @OptionGroup var configuration: ConfigurationOption
    @Option(name: .long, help: "json or android-xml.") var format = Format.json
    @Option(name: .long, parsing: .upToNextOption, help: "Of these lines; of all where left out.") var line: [String] = []
    @Option(name: .long, help: "Of the lines of this person, with the names of their contacts.") var person: String?
    @Option(name: .long, help: "With this number alone.") var with: String?
    @Option(name: .long, help: "Days back from now.") var days: Int?
    @Argument(help: "The file to write, where nothing is.") var file: String

    func run() async throws {
        try await moving(configuration) { moving in
            let selection = try await moving.selection(lines: line, person: person, with: with, days: days)
            let count = try await moving.export(format.form, selection, person: person, to: file)
            Terminal.say("\(file): \(count) messages.", .bold)
        }
    }
}
