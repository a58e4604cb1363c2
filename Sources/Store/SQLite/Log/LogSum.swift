/// The running sum over a write-ahead log's octets (SQLite file format §4.2).
struct LogSum: Equatable {
    /// The byte order in which words are summed.
    enum Order {
        case big, little
        /// As this machine writes it.
        static let native: Order = 1.littleEndian == 1 ? .little : .big
    }

    private(set) var first: UInt32
    private(set) var second: UInt32

    init(first: UInt32 = 0, second: UInt32 = 0) {
        self.first = first
        self.second = second
    }

    /// Adds octets; a rest that is no pair of words is left out.
    mutating func add(_ octets: UnsafeRawBufferPointer, _ order: Order) {
        var (first, second) = (first, second)
        for place in stride(from: 0, to: octets.count & ~7, by: 8) {
            var word = octets.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            var next = octets.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
            switch order {
            case .big: (word, next) = (UInt32(bigEndian: word), UInt32(bigEndian: next))
            case .little: (word, next) = (UInt32(littleEndian: word), UInt32(littleEndian: next))
            }
            first &+= word &+ second
            second &+= next &+ first
        }
        (self.first, self.second) = (first, second)
    }
}
