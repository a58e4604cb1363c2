import Glibc
import NIOSSL

/// The TLS context of our listeners, made anew when the files change.
struct ServerCertificate {
    /// What tells one state of the files from another: they are replaced, not written into.
    private struct Stamp: Equatable {
        var seconds: [Int]
        var nanoseconds: [Int]
        var inodes: [UInt64]

        init(_ files: CertificateFiles) {
            let stats = [files.chain, files.privateKey].map { path in
                var status = stat()
                return stat(path, &status) == 0 ? status : stat()
            }
            seconds = stats.map { Int($0.st_mtim.tv_sec) }
            nanoseconds = stats.map { Int($0.st_mtim.tv_nsec) }
            inodes = stats.map { UInt64($0.st_ino) }
        }
    }

    private let files: CertificateFiles
    private var stamp: Stamp
    private(set) var context: NIOSSLContext

    /// Throws NIOSSL's error where a file is missing or does not fit the other.
    init(_ files: CertificateFiles) throws {
        self.files = files
        stamp = Stamp(files)
        context = try Self.load(files)
    }

    /// True if new files were taken up. Throws if they cannot be used (half of a renewal, say); the old context then stays and the
    /// next call tries again.
    mutating func reloadIfChanged() throws -> Bool {
        let current = Stamp(files)
        guard current != stamp else { return false }
        context = try Self.load(files)
        stamp = current
        return true
    }

    private static func load(_ files: CertificateFiles) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(files.chain).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: files.privateKey, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        return try NIOSSLContext(configuration: configuration)
    }
}
