import ArgumentParser
import Daemon
import Settings

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "About the configuration file.", subcommands: [Example.self, Set.self, Unset.self])

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a configuration with every key, what it means and an example.")

        func run() {
            Terminal.say(ExampleConfiguration.text(trunks: Catalog.trunks, endpoints: Catalog.endpoints))
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change keys of the configuration; remarks and everything else stay as they are.",
            discussion: """
                What does not hold is refused before anything is written. 'homeline restart' has a running daemon begin with it.
                Example: homeline config set country=CH endpoints.softphone.domain=192.168.1.5
                """)
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "PATH=VALUE, several; a list is written [a, b].") var settings: [String]

        func run() throws {
            try configuration.change { try Assignments(settings).changes(below: []) }
        }
    }

    struct Unset: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take keys or sections out of the configuration.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "Paths such as lines.work.number.") var paths: [String]

        func run() throws {
            let places = paths.map { (text: $0, path: $0.split(separator: ".").map(String.init)) }
            try configuration.change {
                places.map { .remove($0.path) }
            } before: { file in
                for place in places where try place.path.isEmpty || !file.has(place.path) {
                    Terminal.complain("\(configuration.config) says nothing at '\(place.text)'; nothing is changed")
                    throw ExitCode.failure
                }
            }
        }
    }
}

/// `path.of.key=value`, as they stand on the command line.
struct Assignments {
    private let pairs: [(path: [String], value: Node)]

    /// Complains and exits where one is none.
    init(_ texts: [String]) throws {
        pairs = try texts.map { text in
            let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let path = halves[0].split(separator: ".").map(String.init)
            guard halves.count == 2, !path.isEmpty else {
                Terminal.complain("'\(text)' is no KEY=VALUE")
                throw ExitCode.validationFailure
            }
            return (path, Self.value(String(halves[1])))
        }
    }

    func changes(below path: [String]) -> [ConfigurationChange] { pairs.map { .set(path + $0.path, $0.value) } }

    private static func value(_ text: String) -> Node {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return Node(text) }
        let elements = text.dropFirst().dropLast().split(separator: ",").map { Node(String($0.trimmingPrefix { $0 == " " })) }
        return Node(.list(elements), line: 0)
    }
}

extension ConfigurationOption {
    /// Changes the file, or says in a sentence why not and exits.
    func change(_ changes: () throws -> [ConfigurationChange], before check: (ConfigurationFile) throws -> Void = { _ in }) throws {
        let file = ConfigurationFile(config)
        do {
            try check(file)
            try file.change(try changes())
        } catch let error as SettingsError {
            Terminal.complain("\(config): \(error)")
            throw ExitCode.badConfiguration
        }
    }
}
