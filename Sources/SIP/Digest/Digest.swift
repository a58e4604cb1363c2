/// HTTP digest as SIP uses it (RFC 3261 §22.4, RFC 7616, RFC 8760). Hashes come in as functions: this ring knows no cryptography.
public enum Digest {
    public typealias Hash = @Sendable ([UInt8]) -> [UInt8]

    /// H(username:realm:password) in lower-case hexadecimal digits: what is stored instead of the password.
    public static func ha1(username: String, realm: String, password: String, hash: Hash) -> String {
        hex(hash(Array("\(username):\(realm):\(password)".utf8)))
    }

    /// The response to a challenge (RFC 3261 §22.4). `method` and `uri` are those of the request the credentials are in.
    public static func response(ha1: String, method: Method, uri: String, credentials: Credentials, hash: Hash) -> String {
        let ha2 = hex(hash(Array("\(method):\(uri)".utf8)))
        let middle = credentials.qop.map { qop in
            "\(credentials.nonce):\(credentials.nonceCountText):\(credentials.cnonce ?? ""):\(qop)"
        }
        return hex(hash(Array("\(ha1):\(middle ?? credentials.nonce):\(ha2)".utf8)))
    }

    /// Whether the credentials prove knowledge of the password behind `ha1`. Takes the same time wherever the texts differ.
    ///
    /// The digest URI is part of the proof but chosen by the client: compare it with the request URI besides (`covers`).
    public static func verify(_ credentials: Credentials, method: Method, ha1: String, hash: Hash) -> Bool {
        let expected = response(ha1: ha1, method: method, uri: credentials.uri, credentials: credentials, hash: hash)
        return areEqual(expected.utf8, credentials.response.lowercased().utf8)
    }

    /// Whether the digest URI is the request URI, as RFC 3261 §22.4 compares them.
    public static func covers(_ credentials: Credentials, _ uri: URI) -> Bool {
        guard let proven = try? URI(decoding: credentials.uri) else { return false }
        return proven == uri || proven.isEquivalent(to: uri)
    }

    /// Equality in a time that depends on the lengths only.
    public static func areEqual(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(one, other) { difference |= one ^ other }
        return difference == 0
    }

    static func hex(_ octets: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: octets.count * 2) { digits in
            for (index, octet) in octets.enumerated() {
                digits[index * 2] = digit(octet >> 4)
                digits[index * 2 + 1] = digit(octet & 0x0F)
            }
            return octets.count * 2
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
}
