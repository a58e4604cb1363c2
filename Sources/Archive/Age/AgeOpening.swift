/// Opens what was encrypted with a passphrase, piece by piece. What it has given is what was written, in its order; that it was all shows
/// only when `finish` returns.
public struct AgeOpening: Sendable {
    /// The logarithm of the most work that is done for a file: 1 GiB.
    public static let workLimit = 20

    private let passphrase: String
    private let workLimit: Int
    private var rest: [UInt8] = []
    private var chunks: AgeChunks?
    /// Octets of the file behind us.
    private var offset = 0
    private var opened = 0

    public init(passphrase: String, workLimit: Int = Self.workLimit) {
        self.passphrase = passphrase
        self.workLimit = workLimit
    }

    /// Takes the next octets of the file; returns what they hold.
    public mutating func open(_ octets: some Collection<UInt8>) throws(AgeError) -> [UInt8] {
        rest += octets
        if chunks == nil, try !begin() { return [] }
        var plain: [UInt8] = [], start = 0
        while rest.count - start > AgeChunks.size + AgeChunks.tag {
            let sealed = rest[start..<(start + AgeChunks.size + AgeChunks.tag)]
            guard let chunk = chunks?.open(sealed, .within) else { throw .damaged(offset: offset + start) }
            plain += chunk
            start += sealed.count
        }
        forget(start)
        opened += plain.count
        return plain
    }

    /// The last octets. Throws `truncated` where the end is missing.
    public mutating func finish() throws(AgeError) -> [UInt8] {
        guard var chunks else { throw .truncated }
        var asWithin = chunks
        guard let chunk = chunks.open(rest[...], .last) else {
            // Whole, and not the last: something followed it.
            throw asWithin.open(rest[...], .within) == nil && rest.count > AgeChunks.tag ? .damaged(offset: offset) : .truncated
        }
        guard !chunk.isEmpty || opened == 0 else { throw .damaged(offset: offset) }
        self.chunks = chunks
        forget(rest.count)
        return chunk
    }

    /// Whether the header and the payload's nonce are there.
    private mutating func begin() throws(AgeError) -> Bool {
        guard let (header, count) = try AgeHeader.read(rest), rest.count >= count + 16 else { return false }
        let fileKey = try header.fileKey(passphrase, workLimit: workLimit)
        chunks = AgeChunks(key: AgeKeys.payload(fileKey, nonce: Array(rest[count..<(count + 16)])))
        forget(count + 16)
        return true
    }

    private mutating func forget(_ count: Int) {
        rest.removeFirst(count)
        offset += count
    }
}
