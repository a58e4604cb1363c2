import Wire

/// A public key as authenticators write it (RFC 9052 §7, RFC 9053), of the three algorithms that we ask for.
public enum COSEKey: Hashable, Sendable {
    /// ECDSA with P-256 and SHA-256: the point's coordinates, 32 octets each.
    case es256(x: [UInt8], y: [UInt8])
    /// Ed25519: 32 octets.
    case edDSA(x: [UInt8])
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812).
    case rs256(modulus: [UInt8], exponent: [UInt8])

    /// What is asked for at registration, the dearest first (IANA COSE Algorithms).
    public static let algorithms = [-7, -8, -257]

    /// Moduli of 2048 to 4096 bits.
    private static let modulusOctets = 256...512

    public init(decoding octets: some Sequence<UInt8>) throws(DecodeError) { try self.init(try CBOR(decoding: octets)) }

    init(_ value: CBOR) throws(DecodeError) {
        guard let kind = value[.integer(1)]?.integer, let algorithm = value[.integer(3)]?.integer else {
            throw DecodeError("key", at: 0, .invalid("a COSE_Key with kty and alg expected"))
        }
        switch (kind, algorithm) {
        case (2, -7):
            guard value[.integer(-1)]?.integer == 1, let x = value[.integer(-2)]?.octets, let y = value[.integer(-3)]?.octets, x.count == 32, y.count == 32
            else { throw DecodeError("key", at: 0, .invalid("a point of P-256 expected")) }
            self = .es256(x: x, y: y)
        case (1, -8):
            guard value[.integer(-1)]?.integer == 6, let x = value[.integer(-2)]?.octets, x.count == 32 else {
                throw DecodeError("key", at: 0, .invalid("a point of Ed25519 expected"))
            }
            self = .edDSA(x: x)
        case (3, -257):
            guard let modulus = value[.integer(-1)]?.octets, let exponent = value[.integer(-2)]?.octets, Self.modulusOctets.contains(modulus.count),
                modulus.first != 0, (1...4).contains(exponent.count)
            else { throw DecodeError("key", at: 0, .invalid("an RSA key of 2048 to 4096 bits expected")) }
            self = .rs256(modulus: modulus, exponent: exponent)
        default: throw DecodeError("key", at: 0, .invalid("an algorithm that was asked for expected"))
        }
    }
}
