import HTTPStack
import Wire

/// The body of every request but for the first: a flattened JWS (RFC 8555 §6.2, RFC 7515 §7.2.2).
struct SignedRequest {
    enum Signer {
        /// By the key itself: before there is an account.
        case key
        /// By the account's URL.
        case account(String)
    }

    /// Nil asks without saying anything: POST-as-GET (RFC 8555 §6.3).
    let payload: JSON?
    let url: WebURL
    let nonce: String

    func octets(by signer: Signer, _ key: AccountKey) throws -> [UInt8] {
        var header: [JSON.Member] = [("alg", "ES256"), ("nonce", .string(nonce)), ("url", .string(url.description))]
        switch signer {
        case .key: header.append(("jwk", key.jwk))
        case .account(let account): header.append(("kid", .string(account)))
        }
        return try Self.flattened(header: .object(header), payload: payload?.encoded ?? [], sign: key.sign).encoded
    }

    static func flattened(header: JSON, payload: [UInt8], sign: ([UInt8]) throws -> [UInt8]) rethrows -> JSON {
        let protected = Base64URL.encode(header.encoded), body = Base64URL.encode(payload)
        let signature = try sign(Array("\(protected).\(body)".utf8))
        return ["protected": .string(protected), "payload": .string(body), "signature": .string(Base64URL.encode(signature))]
    }
}
