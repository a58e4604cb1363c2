import ArgumentParser
import Daemon
import Foundation
import Settings

/// The configuration file, as every command that needs it takes it.
struct ConfigurationOption: ParsableArguments {
    @Option(name: [.short, .long], help: "The configuration file.")
    var config = ConfigurationFile.standardPath

    /// The settings, or a sentence about what is wrong with them and exit code 78.
    func settings() throws -> DaemonSettings {
        let text: String
        do {
            text = try String(contentsOfFile: config, encoding: .utf8)
        } catch {
            Terminal.complain("cannot read \(config). 'homeline run' begins with one, 'homeline setup' writes one, 'homeline config example' shows one.")
            throw ExitCode.badConfiguration
        }
        do {
            return try DaemonSettings(yaml: text)
        } catch {
            Terminal.complain("\(config): \(error)")
            throw ExitCode.badConfiguration
        }
    }
}

/// Where the daemon keeps its state: by itself, or from the configuration file.
struct StateOption: ParsableArguments {
    @Option(name: .long, help: "The state directory, where it is not to be read from the configuration file.")
    var state: String?

    @OptionGroup var configuration: ConfigurationOption

    func directory() throws -> StateDirectory {
        StateDirectory(try state ?? configuration.settings().stateDirectory)
    }
}
