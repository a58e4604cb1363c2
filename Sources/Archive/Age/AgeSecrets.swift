/// The random octets of one encrypted file, never used for another.
public struct AgeSecrets: Sendable {
    let fileKey: [UInt8]
    let salt: [UInt8]
    let nonce: [UInt8]

    /// Takes six words of randomness.
    public init(random: () -> UInt64) {
        func octets() -> [UInt8] { [random(), random()].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } } }
        (fileKey, salt, nonce) = (octets(), octets(), octets())
    }
}
