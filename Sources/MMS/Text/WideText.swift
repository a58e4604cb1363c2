/// Text of sixteen-bit units.
enum WideText {
    enum Order {
        case big
        case little
        /// As a mark at the beginning tells; big where there is none.
        case marked
    }

    /// A lone surrogate reads as U+FFFD, an odd octet at the end is left out, and so is a mark of order at the beginning.
    static func decode(_ octets: some Collection<UInt8>, _ order: Order) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(octets.count / 2)
        var iterator = octets.makeIterator()
        while let first = iterator.next(), let second = iterator.next() { units.append(UInt16(first) << 8 | UInt16(second)) }
        var isLittle = order == .little
        switch (units.first, order) {
        case (0xFFFE, .marked), (0xFFFE, .little):
            isLittle = true
            units.removeFirst()
        case (0xFEFF, .marked), (0xFEFF, .big):
            units.removeFirst()
        default:
            break
        }
        return String(decoding: isLittle ? units.map(\.byteSwapped) : units, as: UTF16.self)
    }
}
