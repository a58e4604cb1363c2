/// Octets that lie beside the ledger, named by what they are.
public struct Media: Hashable, Sendable {
    /// SHA-256 of the octets: 64 hexadecimal digits in lower case.
    public let digest: String
    /// Octets.
    public let size: Int

    /// Nil where `digest` is not 64 such digits or the size is negative: the digest becomes a file's name.
    public init?(digest: String, size: Int) {
        guard digest.utf8.count == 64, size >= 0, digest.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.digest = digest
        self.size = size
    }

    private static func isDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
    }
}
