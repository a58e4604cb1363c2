/// The first 32 octets of a write-ahead log (SQLite file format §4.1).
struct LogHeader {
    static let size = 32

    let pageSize: Int
    let order: LogSum.Order
    /// The octets that tell this log from the one it was written over.
    let salts: UInt64
    /// Where the chain of sums begins.
    let sum: LogSum
    /// Whether it is what was written.
    let isWhole: Bool

    /// A header that is not whole is read as far as that goes; `pageSize` is then the database's.
    init(_ octets: UnsafeRawBufferPointer, pageSize databasePageSize: Int) {
        let magic = octets.word(0)
        let size = Int(octets.word(8))
        let told: LogSum.Order = magic == 0x377F_0683 ? .big : .little
        salts = octets.salts(16)
        sum = LogSum(first: octets.word(24), second: octets.word(28))
        var found = LogSum()
        found.add(UnsafeRawBufferPointer(rebasing: octets[..<24]), told)
        isWhole = magic & ~1 == 0x377F_0682 && octets.word(4) == 3_007_000 && found == sum && size >= 512 && size <= 65536 && size & (size - 1) == 0
        order = isWhole ? told : .native
        pageSize = isWhole ? size : databasePageSize
    }
}

/// The 24 octets before each page of a write-ahead log.
struct FrameHeader {
    static let size = 24

    let page: UInt32
    /// Whether a transaction ends with this frame.
    let isCommit: Bool
    let salts: UInt64
    /// The sum of everything from the log's beginning to the end of this frame.
    let sum: LogSum

    init(_ octets: UnsafeRawBufferPointer) {
        page = octets.word(0)
        isCommit = octets.word(4) != 0
        salts = octets.salts(8)
        sum = LogSum(first: octets.word(16), second: octets.word(20))
    }
}

extension UnsafeRawBufferPointer {
    /// A big-endian word.
    func word(_ place: Int) -> UInt32 { UInt32(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    /// Two words as they lie there: they are compared only.
    func salts(_ place: Int) -> UInt64 { loadUnaligned(fromByteOffset: place, as: UInt64.self) }
}
