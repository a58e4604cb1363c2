import Crypto
import HTTPStack
import Testing
import Wire

@testable import ACME

/// The worked examples of RFC 7515 §A.3, and what RFC 8555 makes of such signatures.
struct SigningTests {
    private static func key() throws -> AccountKey {
        let secret = try #require(Base64URL.decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"))
        return try AccountKey(pem: P256.Signing.PrivateKey(rawRepresentation: secret).pemRepresentation)
    }

    @Test func `the public half is the standard's`() throws {
        let expected = #"{"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#
        #expect(try String(decoding: Self.key().jwk.encoded, as: UTF8.self) == expected)
    }

    @Test func `the standard's signature is good, and no other`() throws {
        let text = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        var signature = try #require(Base64URL.decode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"))
        let key = try Self.key()
        #expect(key.isValid(signature, of: Array(text.utf8)))
        signature[0] ^= 1
        #expect(!key.isValid(signature, of: Array(text.utf8)))
    }

    @Test func `a request names its URL and nonce, and the key or the account`() throws {
        let key = try Self.key(), url = try #require(WebURL("https://ca.example/new-order"))
        for (signer, member) in [(SignedRequest.Signer.key, "jwk"), (.account("https://ca.example/account/1"), "kid")] {
            let octets = try SignedRequest(payload: ["a": 1], url: url, nonce: "n-1").octets(by: signer, key)
            let json = try JSON(decoding: octets)
            let protected = try #require(json["protected"]?.text), payload = try #require(json["payload"]?.text)
            let header = try JSON(decoding: #require(Base64URL.decode(protected)))
            #expect(header["alg"] == "ES256" && header["nonce"] == "n-1" && header["url"] == "https://ca.example/new-order")
            #expect((header["jwk"] == nil) != (header["kid"] == nil) && header[member] != nil)
            #expect(Base64URL.decode(payload) == Array(#"{"a":1}"#.utf8))
            let signature = try #require(json["signature"]?.text.flatMap { Base64URL.decode($0) })
            #expect(key.isValid(signature, of: Array("\(protected).\(payload)".utf8)))
        }
    }

    @Test func `asking without saying anything has an empty payload`() throws {
        let url = try #require(WebURL("https://ca.example/order/1"))
        let octets = try SignedRequest(payload: nil, url: url, nonce: "n").octets(by: .account("x"), try Self.key())
        #expect(try JSON(decoding: octets)["payload"] == "")
    }

    @Test func `an external account vouches for the key with its own`() throws {
        let secret = [UInt8](repeating: 9, count: 32), key = try Self.key()
        let account = try #require(ExternalAccount(id: "kid-1", key: Base64URL.encode(secret)))
        let binding = account.binding(of: key, at: try #require(WebURL("https://ca.example/new-account")))
        let protected = try #require(binding["protected"]?.text), payload = try #require(binding["payload"]?.text)
        #expect(Base64URL.decode(protected) == Array(#"{"alg":"HS256","kid":"kid-1","url":"https://ca.example/new-account"}"#.utf8))
        #expect(Base64URL.decode(payload) == key.jwk.encoded)
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(protected).\(payload)".utf8), using: SymmetricKey(data: secret))
        #expect(binding["signature"]?.text == Base64URL.encode(Array(code)))
    }

    @Test(arguments: ["", "short", "not base64url!!!!!!!!!!!!"])
    func `what is no key of an external account is refused`(key: String) {
        #expect(ExternalAccount(id: "x", key: key) == nil)
    }
}
