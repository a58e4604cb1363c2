import Crypto
import Foundation
import Telephony

/// What Telnyx signs: the time, a bar and the body; Ed25519 under the key that the account shows.
/// https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks
struct TelnyxSignature {
    /// How long before and after it was made a signature is taken.
    static let tolerance: Duration = .seconds(300)

    private let key: Curve25519.Signing.PublicKey

    /// Nil for what is no such key in Base64.
    init?(publicKey: String) {
        guard let raw = octets(base64: publicKey), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return nil }
        self.key = key
    }

    func isRight(_ signature: String, time: String, body: [UInt8], now: Instant) -> Bool {
        guard let said = octets(base64: signature), let seconds = Int64(time), now.isWithin(Self.tolerance, of: seconds) else { return false }
        return key.isValidSignature(said, for: Array("\(time)|".utf8) + body)
    }
}
