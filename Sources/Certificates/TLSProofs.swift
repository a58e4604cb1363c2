import NIOCore
import NIOSSL
import Synchronization

/// Proofs to an authority that a host name is ours, shown to whoever connects by TLS and asks for one (RFC 8737).
public final class TLSProofs: Sendable {
    /// The protocol's name in ALPN (RFC 8737 §6.2).
    public static let protocolName = "acme-tls/1"

    private let contexts = Mutex<[String: NIOSSLContext]>([:])

    public init() {}

    /// Shows the certificate to who asks for the host. Throws where it cannot be used for TLS.
    public func show(_ certificate: [UInt8], key: [UInt8], for host: String) throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = [Self.protocolName]
        let context = try NIOSSLContext(configuration: configuration)
        contexts.withLock { $0[ServerName.indication(of: host)] = context }
    }

    public func withdraw(_ host: String) {
        contexts.withLock { $0[ServerName.indication(of: host)] = nil }
    }

    func context(for hello: ClientHello) -> NIOSSLContext? {
        guard hello.protocols == [Array(Self.protocolName.utf8)], let host = hello.host else { return nil }
        return contexts.withLock { $0[host] }
    }

    /// What encrypts a new connection: the identity's TLS at once, or behind a gate while a proof is pending.
    public func addHandlers(to pipeline: ChannelPipeline.SynchronousOperations, identity: ServerIdentity) throws {
        let isPending = contexts.withLock { !$0.isEmpty }
        if isPending {
            try pipeline.addHandler(ProofGate(identity: identity.context, proofs: self))
        } else {
            try pipeline.addHandler(NIOSSLServerHandler(context: identity.context))
        }
    }
}
