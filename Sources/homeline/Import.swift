import ArgumentParser
import Daemon
import Foundation
import Telephony

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take over what another program was set up with, or another phone's messages.", subcommands: [SeedBridge.self, ImportMessages.self])

    struct SeedBridge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "seed-bridge", abstract: "From the .env of sms-bridge-linphone.",
            discussion: "Writes the configuration and, beside it, files with the secrets, readable by you alone. Writes over nothing.")

        @Argument(help: "The old bridge's .env.") var environment: String
        @Option(name: [.short, .long], help: "The configuration to write.") var output = "homeline.yaml"
        @Option(name: .long, help: "Home country, two letters.") var country = "US"
        @Option(name: .long, help: "Address and port, where they are not to be FLASK_HOST and FLASK_PORT.") var listen: String?
        @Option(name: .long, help: "Where state is kept.") var state = "/var/lib/homeline"

        func run() throws {
            do {
                let imported = try configuration(EnvironmentFile(try text()))
                // Proven to be a configuration before anything is written.
                _ = try DaemonSettings(yaml: imported.yaml)
                try ImportFiles.write(imported, to: output)
                Terminal.say("Wrote \(output)", .bold)
                for secret in imported.secrets { Terminal.say("  and \(secret.path), readable by you alone") }
                for remark in imported.remarks { Terminal.say("  • \(remark.harmlessLine)") }
                Terminal.say("\nNext: homeline check --config \(output), then Docs/Guides/moving-from-the-seed-bridge.md")
            } catch let error as ImportError {
                Terminal.complain(error.description)
                throw ExitCode.cannotCreate
            } catch let error as CocoaError {
                Terminal.complain("cannot read \(environment): \(error.localizedDescription)")
                throw ExitCode.failure
            }
        }

        private func text() throws -> String {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: environment))
            defer { try? handle.close() }
            // More than any such file has: a device would not end.
            let octets = try handle.read(upToCount: 256 * 1024) ?? Foundation.Data()
            return String(decoding: octets, as: UTF8.self).replacing("\r\n", with: "\n")
        }

        private func configuration(_ file: EnvironmentFile) throws(ImportError) -> ImportedConfiguration {
            var choices = SeedBridgeImport.Choices()
            choices.country = country
            choices.listen = listen
            choices.state = state
            let directory = URL(fileURLWithPath: output).deletingLastPathComponent().standardizedFileURL.path(percentEncoded: false)
            let trimmed = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
            return try SeedBridgeImport(file, choices: choices).configuration(in: trimmed, apiPassword: Accounts.makePassword())
        }
    }
}
