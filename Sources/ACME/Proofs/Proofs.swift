import Certificates
import HTTPStack
import Synchronization

/// Proofs that are in their places now: files by HTTP, certificates by TLS.
public final class Proofs: Sendable {
    /// For the TLS listener.
    public let tls = TLSProofs()
    private let files = Mutex<[String: String]>([:])

    public init() {}

    /// `GET /.well-known/acme-challenge/{token}` (RFC 8555 §8.3), for whoever asks.
    public var operation: Operation {
        Operation(.get, "/.well-known/acme-challenge/{token}", access: .own) { [self] request in
            guard let text = files.withLock({ $0[request.parameter("token")] }) else { throw Problem.notFound("There is no such proof") }
            return .text(text, contentType: "application/octet-stream")
        }
    }

    /// False where it cannot be shown.
    func show(_ proof: Proof, authorization: String) -> Bool {
        switch proof.kind {
        case .http:
            files.withLock { $0[proof.token] = authorization }
            return true
        case .tls:
            guard let certificate = try? ProofCertificate(name: proof.name, authorization: authorization) else { return false }
            return (try? tls.show(Array(certificate.chain.utf8), key: Array(certificate.privateKey.utf8), for: proof.name)) != nil
        }
    }

    func withdraw(_ proof: Proof) {
        switch proof.kind {
        case .http: files.withLock { $0[proof.token] = nil }
        case .tls: tls.withdraw(proof.name)
        }
    }
}
