import AsyncHTTPClient
import Certificates
import Foundation
import NIOSSL
import Testing

@testable import HTTPStack

@Suite(.timeLimit(.minutes(10))) struct CertificateTests {
    private static let vectors = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Vectors/tls")

    /// A directory of its own with the files of one identity.
    private struct Place {
        let directory: URL
        let files: CertificateFiles

        init(_ identity: String) throws {
            directory = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            files = CertificateFiles(
                chain: directory.appending(path: "chain.pem").path, privateKey: directory.appending(path: "key.pem").path)
            try put(identity)
        }

        func put(_ identity: String) throws {
            for (source, target) in [("\(identity).pem", files.chain), ("\(identity).key.pem", files.privateKey)] {
                try Data(contentsOf: vectors.appending(path: source)).write(to: URL(filePath: target), options: .atomic)
            }
        }

        func remove() { try? FileManager.default.removeItem(at: directory) }
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
