/// A secret that the settings name, held as its SHA-256: compared octet by octet of that, so that the time tells nothing.
public struct KnownSecret: Sendable {
    /// Octets of one that no number of guesses finds.
    public static let long = 16

    public let isLong: Bool
    private let digest: [UInt8]

    public init(_ secret: String) {
        isLong = secret.utf8.count >= Self.long
        digest = TokenSecret.digest(secret)
    }

    /// Whether it is what somebody said; more than 1 KiB never is.
    public func equals(_ text: String) -> Bool {
        guard text.utf8.count <= 1024 else { return false }
        return zip(digest, TokenSecret.digest(text)).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
