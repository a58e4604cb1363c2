import Crypto
import Factors
import Testing
import Wire

/// A device that makes and keeps one passkey, and answers what a page's form asks, as `passkeys.js` would have it.
struct SoftAuthenticator {
    let id: [UInt8]
    private let key = P256.Signing.PrivateKey()
    var handle: [UInt8] = []
    var count: UInt32 = 0
    /// User present and verified.
    var flags: UInt8 = 0x05
    var origin: String?

    init(_ name: UInt8 = 1) { id = [UInt8](repeating: name, count: 16) }

    /// What the form of a page asks for.
    struct Form {
        let values: [String: String]

        init(_ page: String, action: String) throws {
            let pattern = try Regex("<form[^>]*action=\"\(action)\"[^>]*>").dotMatchesNewlines()
            let tag = try #require(page.firstMatch(of: pattern).map { String(page[$0.range]) }, "no form \(action) in \(page)")
            values = Dictionary(tag.matches(of: /data-([a-z]+)="([^"]*)"/).map { (String($0.1), String($0.2)) }, uniquingKeysWith: { $1 })
        }

        var challenge: String { values["challenge"] ?? "" }
        var site: String { values["site"] ?? "" }
    }

    private func client(_ type: String, _ form: Form) -> [UInt8] {
        Array(#"{"type":"\#(type)","challenge":"\#(form.challenge)","origin":"\#(origin ?? "http://localhost:8080")","crossOrigin":false,"later":{"a":[1]}}"#.utf8)
    }

    private func data(_ form: Form, _ flags: UInt8, _ rest: [UInt8] = []) -> [UInt8] {
        let counter = (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32($0))) }
        return Array(SHA256.hash(data: Array(form.site.utf8))) + [flags] + counter + rest
    }

    /// Makes the passkey: the fields of the form, filled in.
    mutating func create(_ form: Form) -> [String: String] {
        handle = Base64URL.decode(form.values["handle"] ?? "") ?? []
        let point = Array(key.publicKey.x963Representation)
        let cose = CBOR.map([
            CBOR.Entry(.integer(1), .integer(2)), CBOR.Entry(.integer(3), .integer(-7)), CBOR.Entry(.integer(-1), .integer(1)),
            CBOR.Entry(.integer(-2), .octets(Array(point[1..<33]))), CBOR.Entry(.integer(-3), .octets(Array(point[33..<65]))),
        ])
        let credential = [UInt8](repeating: 0, count: 16) + [0, UInt8(id.count)] + id + cose.encoded
        let object = CBOR.map([
            CBOR.Entry(.text("fmt"), .text("none")), CBOR.Entry(.text("attStmt"), .map([])),
            CBOR.Entry(.text("authData"), .octets(data(form, flags | 0x40, credential))),
        ])
        return ["id": Base64URL.encode(id), "client": Base64URL.encode(client("webauthn.create", form)), "attestation": Base64URL.encode(object.encoded)]
    }

    /// Signs with it.
    mutating func get(_ form: Form) throws -> [String: String] {
        if count > 0 { count += 1 }
        let client = client("webauthn.get", form), data = data(form, flags)
        let signature = try key.signature(for: data + Array(SHA256.hash(data: client)))
        return [
            "id": Base64URL.encode(id), "client": Base64URL.encode(client), "authenticator": Base64URL.encode(data),
            "signature": Base64URL.encode(signature.derRepresentation), "handle": Base64URL.encode(handle),
        ]
    }
}
