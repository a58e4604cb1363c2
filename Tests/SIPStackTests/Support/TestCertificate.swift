import Foundation
import Certificates
import SIPStack

/// A self-signed certificate for 127.0.0.1 in a directory of its own, made by the openssl command.
final class TestCertificate {
    enum Failure: Error { case openssl(Int32) }

    let files: CertificateFiles
    private let directory: URL

    init(named name: String = "127.0.0.1") async throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("homeline-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        files = CertificateFiles(chain: directory.appendingPathComponent("chain.pem").path, privateKey: directory.appendingPathComponent("key.pem").path)
        try await make(named: name)
    }

    /// New key and certificate in the same files. They are waited for on a thread of its own: those of the tests are few.
    func make(named name: String) async throws {
        let files = files
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Self.run(name, files) }) }
        }
    }

    private static func run(_ name: String, _ files: CertificateFiles) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", files.privateKey, "-out", files.chain,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure.openssl(process.terminationStatus) }
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }
}
