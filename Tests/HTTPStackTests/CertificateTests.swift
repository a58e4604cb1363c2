import AsyncHTTPClient
import Foundation
import Logging
import NIOSSL
import Testing

@testable import HTTPStack

@Suite(.timeLimit(.minutes(1))) struct CertificateTests {
    private static let vectors = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Vectors/tls")

    /// A directory of its own with the files of one identity.
    private struct Place {
        let directory: URL
        let files: ListenerSettings.TLSFiles

        init(_ identity: String) throws {
            directory = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            files = ListenerSettings.TLSFiles(
                certificateChain: directory.appending(path: "chain.pem").path, privateKey: directory.appending(path: "key.pem").path)
            try put(identity)
        }

        func put(_ identity: String) throws {
            for (source, target) in [("\(identity).pem", files.certificateChain), ("\(identity).key.pem", files.privateKey)] {
                try Data(contentsOf: vectors.appending(path: source)).write(to: URL(filePath: target), options: .atomic)
            }
        }

        func remove() { try? FileManager.default.removeItem(at: directory) }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `a changed certificate is read again, an unchanged one is not`() throws {
        let place = try Place("one")
        defer { place.remove() }
        let certificates = try Certificates(files: place.files, logger: logger)
        let first = certificates.context
        certificates.reloadIfChanged()
        #expect(certificates.context === first)
        try place.put("two")
        certificates.reloadIfChanged()
        #expect(certificates.context !== first)
    }

    @Test func `a broken or vanished certificate leaves the old one in use`() throws {
        let place = try Place("one")
        defer { place.remove() }
        let certificates = try Certificates(files: place.files, logger: logger)
        let first = certificates.context
        try Data("nonsense".utf8).write(to: URL(filePath: place.files.certificateChain))
        certificates.reloadIfChanged()
        #expect(certificates.context === first)
        try FileManager.default.removeItem(atPath: place.files.privateKey)
        certificates.reloadIfChanged()
        #expect(certificates.context === first)
    }

    @Test func `a listener does not start with a certificate that cannot be read`() throws {
        let files = ListenerSettings.TLSFiles(certificateChain: "/nowhere/chain.pem", privateKey: "/nowhere/key.pem")
        #expect(throws: (any Error).self) { try Certificates(files: files, logger: logger) }
    }

    @Test func `a request over TLS is answered under the certificate`() async throws {
        let place = try Place("one")
        defer { place.remove() }
        let operations = [Operation(.get, "/", access: .open) { _ in .text("hello") }]
        let text = try await withServedSite(operations, settings: ListenerSettings(port: 0, tls: place.files)) { bound in
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(Self.vectors.appending(path: "one.pem").path))
            let client = HTTPClient(configuration: HTTPClient.Configuration(tlsConfiguration: tls))
            let answer = try await client.execute(HTTPClientRequest(url: "https://localhost:\(bound.port)/"), timeout: .seconds(20))
            let body = try await answer.body.collect(upTo: 100)
            try await client.shutdown()
            return String(buffer: body)
        }
        #expect(text == "hello")
    }
}
