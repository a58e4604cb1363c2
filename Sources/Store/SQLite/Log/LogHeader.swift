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

    /// Of a frame: header and page.
    var frameSize: Int { FrameHeader.size + pageSize }

    func place(of frame: Int) -> Int { LogHeader.size + frame * frameSize }

    /// The header of a log that is begun anew on this machine, and the sum that its frames go on from.
    func renewed(_ sum: inout LogSum) -> [UInt8] {
        let magic: UInt32 = LogSum.Order.native == .big ? 0x377F_0683 : 0x377F_0682
        let octets = [magic, 3_007_000, UInt32(pageSize), 0, .random(in: 1 ... .max), .random(in: 1 ... .max)].flatMap(\.octets)
        sum = LogSum()
        sum.add(octets[...])
        return octets + sum.octets
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

extension UInt32 {
    /// Most significant first, as everything in a log's headers stands.
    fileprivate var octets: [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) } }
}

extension LogSum {
    var octets: [UInt8] { first.octets + second.octets }

    /// Adds octets in this machine's order.
    mutating func add(_ octets: ArraySlice<UInt8>) {
        octets.withUnsafeBytes { add($0, .native) }
    }
}

extension UnsafeRawBufferPointer {
    /// A big-endian word.
    func word(_ place: Int) -> UInt32 { UInt32(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    /// Two words as they lie there: they are compared only.
    func salts(_ place: Int) -> UInt64 { loadUnaligned(fromByteOffset: place, as: UInt64.self) }
}
