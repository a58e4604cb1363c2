import Crypto
import Foundation

/// A key of WireGuard: 32 octets, written in base64 (wg(8)).
public struct TunnelKey: Hashable, Sendable {
    public let text: String

    /// Nil for anything but 32 octets in base64.
    public init?(_ text: String) {
        guard text.utf8.count == 44, let octets = Data(base64Encoded: text), octets.count == 32, octets.base64EncodedString() == text else { return nil }
        self.text = text
    }

    private init(octets: Data) { text = octets.base64EncodedString() }

    /// What only its owner has (RFC 7748 §6.1).
    public static func privateKey() -> TunnelKey { TunnelKey(octets: Curve25519.KeyAgreement.PrivateKey().rawRepresentation) }

    /// What two ends share beside their keys, against a day when Curve25519 is broken.
    public static func preshared() -> TunnelKey { TunnelKey(octets: SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }) }

    /// The public half of a private one.
    public var publicKey: TunnelKey? {
        Data(base64Encoded: text).flatMap { try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0) }.map { TunnelKey(octets: $0.publicKey.rawRepresentation) }
    }
}
