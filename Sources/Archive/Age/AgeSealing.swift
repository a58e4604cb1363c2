/// Encrypts a file with a passphrase, piece by piece, as `age --passphrase` does: whoever has that program can open it.
///
/// Holds a chunk of 64 KiB, and while it begins what scrypt needs: 128 MiB for the usual work.
public struct AgeSealing: Sendable {
    /// The logarithm of scrypt's N: a guess takes a third of a second and 128 MiB.
    public static let usualWork = 17

    private var chunks: AgeChunks
    private var rest: [UInt8] = []
    /// What stands before the first chunk; to be written first.
    public let head: [UInt8]

    /// Throws `tooMuchWork` where there is no memory for the key.
    public init(passphrase: String, secrets: AgeSecrets, work: Int = Self.usualWork) throws(AgeError) {
        head = try AgeHeader.encode(secrets, passphrase: passphrase, work: work) + secrets.nonce
        chunks = AgeChunks(key: AgeKeys.payload(secrets.fileKey, nonce: secrets.nonce))
    }

    /// What is to be written for these octets; often nothing yet.
    public mutating func seal(_ octets: some Collection<UInt8>) -> [UInt8] {
        rest += octets
        var sealed: [UInt8] = [], start = 0
        // The last chunk must be known as such, so a full one waits for an octet behind it.
        while rest.count - start > AgeChunks.size {
            sealed += chunks.seal(rest[start..<(start + AgeChunks.size)], .within)
            start += AgeChunks.size
        }
        rest.removeFirst(start)
        return sealed
    }

    /// The end, without which the file counts as cut off.
    public mutating func finish() -> [UInt8] {
        defer { rest = [] }
        return chunks.seal(rest[...], .last)
    }
}
