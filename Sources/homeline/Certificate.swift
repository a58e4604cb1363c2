import ArgumentParser
import Daemon
import Foundation
import Telephony

struct Certificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Certificates for TLS: make one for a first try, see how it stands, have a new one made.",
        discussion: "'homeline certificate HOST' makes a self-signed pair. Docs/Guides/certificates.md shows how to get one that phones trust.",
        subcommands: [Make.self, Status.self, Renew.self], defaultSubcommand: Make.self)

    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a self-signed certificate for a first try with TLS.",
            discussion: "Apps will ask whether to trust it. For daily use see 'certificates' in 'homeline config example'.")

        @Argument(help: "The host name or address that apps connect to.") var host: String
        @Option(name: .long, help: "Directory for homeline.crt and homeline.key.") var directory = "."

        func run() throws {
            do {
                let files = try SelfSignedFiles.make(host: host, directory: directory)
                Terminal.say("certificate: \(files.certificate)\nkey: \(files.key)")
            } catch {
                Terminal.complain("\(error)")
                throw ExitCode.cannotCreate
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show each certificate: whose, until when, what is being done and what went wrong.",
            discussion: "Asks the running daemon. Exit code 1 where one is not as it should be.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let certificates = try await CertificateParts.ask(DaemonClient(state: try state.directory()))
            if certificates.isEmpty { Terminal.say("No listener here has a certificate.") }
            for certificate in certificates { certificate.show() }
            if !certificates.allSatisfy({ ["working", "starting"].contains($0.state) }) { throw ExitCode.failure }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the authority make a new certificate now, and wait for it.",
            discussion: "Authorities count: a new one is ordered by itself after two thirds of the old one's life.")
        @OptionGroup var state: StateOption

        func run() async throws {
            let client = DaemonClient(state: try state.directory())
            let before = try await CertificateParts.ask(client).compactMap(\.attempts).first
            _ = try await client.call("POST", "/api/v1/certificate/renewal")
            var step: String?
            for _ in 0..<600 {
                try await Task.sleep(for: .seconds(1))
                guard let certificate = try await CertificateParts.ask(client).first(where: { $0.attempts != nil }) else { break }
                if let now = certificate.step, now != step { Terminal.say(now, .dim) }
                step = certificate.step ?? step
                guard certificate.attempts != before, certificate.step == nil else { continue }
                certificate.show()
                if certificate.state != "working" { throw ExitCode.failure }
                return
            }
            Terminal.complain("it is still under way; 'homeline certificate status' shows what comes of it")
            throw ExitCode.tryLater
        }
    }
}

/// Certificates as the running daemon tells of them.
private struct CertificateParts {
    let name: String
    let state: String
    let summary: String
    let facts: JSONValue?

    var step: String? { facts?["step"]?.text }
    /// Attempts of the authority's that have ended; nil where none makes it.
    var attempts: String? { facts?["attempts"]?.text }

    static func ask(_ client: DaemonClient) async throws -> [CertificateParts] {
        let parts = try await client.health()["parts"]?.elements ?? []
        return parts.filter { $0["kind"]?.text == "certificate" }.map { part in
            let health = part["health"]
            return CertificateParts(
                name: part["name"]?.text ?? "", state: health?["state"]?.text ?? "", summary: health?["summary"]?.text ?? "", facts: health?["facts"])
        }
    }

    func show() {
        Terminal.say("\(name): \(state)", .bold)
        Terminal.say("  \(summary.harmlessLine)")
        for (fact, words) in [("names", "names"), ("issuer", "issuer"), ("ends", "ends"), ("next", "next order"), ("step", "now")] {
            if let value = facts?[fact]?.text, !value.isEmpty { Terminal.say("  \(words): \(value.harmlessLine)", .dim) }
        }
    }
}
