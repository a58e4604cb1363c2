import Certificates
import Foundation

/// A directory of its own with the files of one certificate.
final class Place {
    let directory: URL
    let files: CertificateFiles

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        files = CertificateFiles(chain: directory.appending(path: "chain.pem").path, privateKey: directory.appending(path: "key.pem").path)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func put(chain: String, key: String) throws {
        try Data(chain.utf8).write(to: URL(filePath: files.chain), options: .atomic)
        try Data(key.utf8).write(to: URL(filePath: files.privateKey), options: .atomic)
    }

    func put(_ pair: SelfSigned) throws { try put(chain: pair.chain, key: pair.privateKey) }
}
