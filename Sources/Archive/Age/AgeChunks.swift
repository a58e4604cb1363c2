import Crypto

/// The counted chunks of a payload (age-encryption.org/v1, STREAM). Each is bound to its place, and the last to being it: one that is missing,
/// moved or cut off does not open.
struct AgeChunks {
    static let size = 64 * 1024
    static let tag = 16

    private let key: SymmetricKey
    private(set) var count: UInt64 = 0

    init(key: SymmetricKey) { self.key = key }

    enum Position: UInt8 { case within = 0, last = 1 }

    mutating func seal(_ octets: ArraySlice<UInt8>, _ position: Position) -> [UInt8] {
        guard let nonce = nonce(position), let box = try? ChaChaPoly.seal(octets, using: key, nonce: nonce) else { return [] }
        count += 1
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// Nil where it is not what was sealed at this place.
    mutating func open(_ octets: ArraySlice<UInt8>, _ position: Position) -> [UInt8]? {
        guard octets.count >= Self.tag, let nonce = nonce(position),
            let box = try? ChaChaPoly.SealedBox(nonce: nonce, ciphertext: octets.dropLast(Self.tag), tag: octets.suffix(Self.tag)),
            let opened = try? ChaChaPoly.open(box, using: key)
        else { return nil }
        count += 1
        return Array(opened)
    }

    private func nonce(_ position: Position) -> ChaChaPoly.Nonce? {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - $0 * 8)) }
        return try? ChaChaPoly.Nonce(data: [0, 0, 0] + counter + [position.rawValue])
    }
}
