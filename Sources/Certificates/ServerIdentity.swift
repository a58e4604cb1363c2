import Glibc
import NIOCore
import NIOSSL
import Synchronization

/// What our TLS listeners show, from PEM files that are read again when they change. Connections that stand keep what they began with.
public final class ServerIdentity: Sendable {
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

        init(_ path: String) {
            var status = stat()
            _ = stat(path, &status)
            inode = UInt64(status.st_ino)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
            size = Int(status.st_size)
        }
    }

    public let files: CertificateFiles
    private let protocols: [String]
    private let state: Mutex<State>

    /// `protocols` are offered by ALPN (RFC 7301). Throws where the files cannot be used.
    public init(_ files: CertificateFiles, protocols: [String] = []) throws(CertificateFault) {
        self.files = files
        self.protocols = protocols
        let stamp = Self.stamps(files)
        state = Mutex(State(context: try Self.load(files, protocols), stamp: stamp))
    }

    /// What a new connection is to be given.
    public var context: NIOSSLContext { state.withLock { $0.context } }

    /// True if new files were taken up. Throws if they cannot be used (half of a renewal, say); the old context then stays and the next
    /// call tries again.
    public func reloadIfChanged() throws(CertificateFault) -> Bool {
        let stamp = Self.stamps(files)
        guard state.withLock({ $0.stamp != stamp }) else { return false }
        let context = try Self.load(files, protocols)
        state.withLock { $0 = State(context: context, stamp: stamp) }
        return true
    }

    private static func stamps(_ files: CertificateFiles) -> [Stamp] { [Stamp(files.chain), Stamp(files.privateKey)] }

    private static func load(_ files: CertificateFiles, _ protocols: [String]) throws(CertificateFault) -> NIOSSLContext {
        let chain = try PEMFile.read(files.chain), keyOctets = try PEMFile.read(files.privateKey)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(chain), !certificates.isEmpty else { throw .noCertificate(file: files.chain) }
        guard let key = try? NIOSSLPrivateKey(bytes: keyOctets, format: .pem) else {
            let isLocked = String(decoding: keyOctets, as: UTF8.self).contains("ENCRYPTED")
            throw isLocked ? .lockedKey(file: files.privateKey) : .noKey(file: files.privateKey)
        }
        do {
            return try makeContext(certificates, key, protocols)
        } catch {
            // The library's own words for a pair that does not match name neither file.
            if KeyPair.belongs(keyOctets, to: chain) == false { throw .keyOfAnother(chain: files.chain, key: files.privateKey) }
            throw .refused(chain: files.chain, reason: "\(error)")
        }
    }

    /// How long a peer has to answer the end of a connection (RFC 8446 §6.1). One that sleeps, or keeps it for later, must not hold up a stop.
    private static let farewell: TimeAmount = .seconds(1)

    private static func makeContext(_ certificates: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ protocols: [String]) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = protocols
        configuration.shutdownTimeout = farewell
        return try NIOSSLContext(configuration: configuration)
    }
}
