import ArgumentParser
import Daemon
import Foundation

struct Certificate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a self-signed certificate for a first try with TLS.",
        discussion: "Apps will ask whether to trust it. For daily use point certificate and key at files of a real authority.")

    @Argument(help: "The host name or address that apps connect to.") var host: String
    @Option(name: .long, help: "Directory for homeline.crt and homeline.key.") var directory = "."

    func run() throws {
        do {
            let files = try SelfSigned.make(host: host, directory: directory)
            Terminal.say("certificate: \(files.certificate)\nkey: \(files.key)")
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.cannotCreate
        }
    }
}
