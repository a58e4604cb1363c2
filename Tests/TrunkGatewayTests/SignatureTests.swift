import Crypto
import Foundation
import HTTPStack
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct SignatureTests {
    /// The example of Twilio's own documentation: https://www.twilio.com/docs/usage/security (token 12345).
    @Test func `Twilio's published example is right, and nothing near it`() {
        let signature = TwilioSignature(secret: "12345")
        let address = "https://mycompany.com/myapp.php?foo=1&bar=2"
        let form = [("Digits", "1234"), ("To", "+18005551212"), ("From", "+12349013030"), ("Caller", "+12349013030"), ("CallSid", "CA1234567890ABCDE")].map { (name: $0.0, value: $0.1) }
        let said = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
        #expect(signature.isRight(said, address: address, form: form))
        #expect(!signature.isRight(said, address: address + "3", form: form))
        #expect(!signature.isRight(said, address: address, form: form.dropLast()))
        #expect(!signature.isRight("1" + said.dropFirst(), address: address, form: form))
        #expect(!signature.isRight("", address: address, form: form))
        #expect(!TwilioSignature(secret: "12346").isRight(said, address: address, form: form))
    }

    @Test func `a Telnyx signature is over time and body, and does not last`() throws {
        let key = Curve25519.Signing.PrivateKey()
        let signature = try #require(TelnyxSignature(publicKey: key.publicKey.rawRepresentation.base64EncodedString()))
        let body = Array(#"{"data":{}}"#.utf8)
        let said = try key.signature(for: Data("1800000000|".utf8 + body)).base64EncodedString()
        let now = Instant(seconds: 1_800_000_010)
        #expect(signature.isRight(said, time: "1800000000", body: body, now: now))
        #expect(!signature.isRight(said, time: "1800000001", body: body, now: now))
        #expect(!signature.isRight(said, time: "1800000000", body: body + [32], now: now))
        #expect(!signature.isRight(said, time: "1800000000", body: body, now: now + .seconds(600)))
        #expect(!signature.isRight("", time: "", body: body, now: now))
        #expect(TelnyxSignature(publicKey: "abc") == nil)
    }

    /// RFC 8032 §7.1, test 2: the key and signature of the one octet 0x72; Telnyx's form cannot produce it, so only the key is read here.
    @Test func `a key is 32 octets in Base64`() throws {
        let octets: [UInt8] = [
            0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55,
            0xf1, 0x2a, 0xf4, 0x66, 0x0c,
        ]
        #expect(TelnyxSignature(publicKey: base64(octets)) != nil)
        #expect(TelnyxSignature(publicKey: base64(octets.dropLast())) == nil)
    }

    /// The value is Python's: `hmac.new(secret, b"&a=1_2&msisdn=447700900001&timestamp=1800000000", sha256)`.
    @Test func `a Vonage signature is over its sorted parameters`() {
        let signature = VonageSignature(secret: "abcdefg")
        let fields = [("timestamp", "1800000000"), ("msisdn", "447700900001"), ("a", "1&2"), ("sig", "@@")].map { (name: $0.0, value: $0.1) }
        let right = fields.map { (name: $0.name, value: $0.value == "@@" ? "6c7954aac386e89cc666723bd6efd7f08db5b7a4b7f724d81e9b2a62824b7161" : $0.value) }
        let now = Instant(seconds: 1_800_000_000)
        #expect(signature.isRight(right, now: now))
        #expect(signature.isRight(right.map { (name: $0.name, value: $0.name == "sig" ? $0.value.uppercased() : $0.value) }, now: now))
        #expect(!signature.isRight(fields, now: now))
        #expect(!signature.isRight(right.filter { $0.name != "a" }, now: now))
        #expect(!signature.isRight(right, now: now + .seconds(1000)))
        #expect(!signature.isRight([], now: now))
    }

    /// As texts `e` with an accent is behind `z`. The values are Python's, of `e\u0301`, `1` (for Vonage `&\u0301`), `z`, `2`.
    @Test func `parameters are sorted and changed octet by octet`() {
        let form = [("z", "2"), ("e\u{301}", "1")].map { (name: $0.0, value: $0.1) }
        #expect(TwilioSignature(secret: "12345").isRight("wnWg3mGjGE8rNb4GIl5F53JCWlE=", address: "https://h.example/sms", form: form))
        let sig = "365693cffa216378615b6b276e6151252a297f20f0d4c38423d6912466d3144e"
        let fields = [("z", "2"), ("timestamp", "1800000000"), ("sig", sig), ("e\u{301}", "1&\u{301}")].map { (name: $0.0, value: $0.1) }
        #expect(VonageSignature(secret: "abcdefg").isRight(fields, now: Instant(seconds: 1_800_000_000)))
    }

    /// The second distance is the one number that has no positive one against it.
    @Test(arguments: [Int64.min, Int64.min + 1_800_000_000, Int64.max, Int64.min + 1_799_999_999])
    func `a time that is out of reach is refused, whoever wrote it`(time: Int64) throws {
        let now = Instant(seconds: 1_800_000_000)
        let key = Curve25519.Signing.PrivateKey()
        let telnyx = try #require(TelnyxSignature(publicKey: key.publicKey.rawRepresentation.base64EncodedString()))
        let said = try key.signature(for: Data("\(time)|{}".utf8)).base64EncodedString()
        #expect(!telnyx.isRight(said, time: "\(time)", body: Array("{}".utf8), now: now))
        let fields = [("timestamp", "\(time)"), ("sig", "00")].map { (name: $0.0, value: $0.1) }
        #expect(!VonageSignature(secret: "abcdefg").isRight(fields, now: now))
    }
}
