import Crypto
import Files
import Foundation
import Glibc
import HTTPStack
import Logging
import Synchronization
import Telephony
import Wire

/// The key pair by which push services know that it is us who call (VAPID, RFC 8292): made once and kept, because browsers subscribe to its
/// public half. Read when it is first needed.
public final class PushKey: Sendable {
    /// Said where the owner has no address of their own.
    public static let nobody = "mailto:homeline@localhost"
    /// How long a signed word is good (§2: at most a day).
    private static let lifetime: Duration = .seconds(12 * 3600)

    private let path: String
    private let contact: String
    private let hosts: Set<String>
    private let log: Logger
    private let held = Mutex<P256.Signing.PrivateKey?>(nil)

    /// - Parameters:
    ///   - directory: the state directory; the key's file is the owner's alone.
    ///   - hosts: push services of the owner's own, which may speak plain HTTP.
    ///   - contact: whom a push service may ask about our calls, an `https:` or `mailto:` address (§2.1).
    public init(directory: String, hosts: Set<String> = [], contact: String = nobody, log: Logger = Logger(label: "push")) {
        path = directory + "/push.key"
        self.hosts = hosts
        self.contact = contact
        self.log = log
    }

    /// The public key as browsers want it: an uncompressed point in base64url.
    var publicKey: String { Base64URL.encode(Array(key.publicKey.x963Representation)) }

    /// Whether a browser may name this as where it is called.
    func serves(_ endpoint: WebURL) -> Bool { endpoint.scheme == .https || hosts.contains(endpoint.host) }

    /// The Authorization of a call to this push service (§3).
    func authorization(for endpoint: WebURL, now: Instant) throws -> String {
        let head = #"{"typ":"JWT","alg":"ES256"}"#
        let claims: JSON = ["aud": .string(endpoint.origin), "exp": .integer((now + Self.lifetime).seconds), "sub": .string(contact)]
        let signed = Base64URL.encode(Array(head.utf8)) + "." + Base64URL.encode(claims.encoded)
        let signature = try key.signature(for: Array(signed.utf8)).rawRepresentation
        return "vapid t=\(signed).\(Base64URL.encode(Array(signature))), k=\(publicKey)"
    }

    private var key: P256.Signing.PrivateKey {
        held.withLock { held in
            let key = held ?? Self.kept(at: path) ?? made()
            held = key
            return key
        }
    }

    private static func kept(at path: String) -> P256.Signing.PrivateKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 32)
        guard read(descriptor, &octets, 32) == 32 else { return nil }
        return try? P256.Signing.PrivateKey(rawRepresentation: octets)
    }

    /// A new one. Where it cannot be kept it serves until the end of the process, and browsers subscribe anew after it.
    private func made() -> P256.Signing.PrivateKey {
        let key = P256.Signing.PrivateKey()
        if !DurableFile.put(Array(key.rawRepresentation), at: path) {
            log.warning("the key for calling browsers cannot be kept; it ends with this process", metadata: ["path": "\(path)"])
        }
        return key
    }
}

extension WebURL {
    /// RFC 6454 §6.2.
    fileprivate var origin: String { "\(scheme.rawValue)://\(host)\(port == (scheme == .https ? 443 : 80) ? "" : ":\(port)")" }
}
