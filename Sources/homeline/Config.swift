import ArgumentParser
import Daemon

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "About the configuration file.", subcommands: [Example.self])

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a configuration with every key, what it means and an example.")

        func run() {
            Terminal.say(ExampleConfiguration.text(trunks: Catalog.trunks, endpoints: Catalog.endpoints))
        }
    }
}
