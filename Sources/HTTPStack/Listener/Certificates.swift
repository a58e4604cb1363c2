import Glibc
import Logging
import NIOSSL
import Synchronization

/// The TLS identity from PEM files, read again when a file changes; a bad new file leaves the old identity in use.
final class Certificates: Sendable {
    private struct State {
        var context: NIOSSLContext
        var stamp: [Stamp]
    }

    /// What of a file changes when it is replaced.
    private struct Stamp: Hashable {
        let inode: UInt64
        let seconds: Int
        let nanoseconds: Int
        let size: Int

        init(path: String) {
            var status = stat()
            _ = stat(path, &status)
            inode = UInt64(status.st_ino)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
            size = Int(status.st_size)
        }
    }

    private let files: ListenerSettings.TLSFiles
    private let logger: Logger
    private let state: Mutex<State>

    init(files: ListenerSettings.TLSFiles, logger: Logger) throws {
        self.files = files
        self.logger = logger
        state = Mutex(State(context: try Self.load(files), stamp: Self.stamps(files)))
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    func reloadIfChanged() {
        let stamp = Self.stamps(files)
        guard state.withLock({ $0.stamp != stamp }) else { return }
        do {
            let context = try Self.load(files)
            state.withLock { $0 = State(context: context, stamp: stamp) }
            logger.info("The TLS certificate was read again", metadata: ["file": "\(files.certificateChain)"])
        } catch {
            // Both files are seldom replaced in one instant: the next look may find them in agreement.
            logger.warning("The changed TLS certificate cannot be used, the old one stays: \(error)")
        }
    }

    private static func stamps(_ files: ListenerSettings.TLSFiles) -> [Stamp] {
        [Stamp(path: files.certificateChain), Stamp(path: files.privateKey)]
    }

    private static func load(_ files: ListenerSettings.TLSFiles) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificateChain).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(file: files.privateKey, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
