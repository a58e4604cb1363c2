/// Collects UTF-8 from codes, escape by escape.
struct TextBuilder {
    private let locking: [UInt32]
    private let single: [UInt32]
    private var utf8: [UInt8] = []
    private var isEscaped = false

    init(tables: ShiftTables, reserving count: Int) {
        locking = tables.locking.locking.decoding
        single = tables.single.single.decoding
        // Most text is ASCII; the array grows where it is not.
        utf8.reserveCapacity(count + 16)
    }

    @inline(__always)
    mutating func append(_ code: UInt8) {
        let packed = locking[Int(code)]
        if !isEscaped, packed >> 24 == 1 {
            utf8.append(UInt8(truncatingIfNeeded: packed))
        } else {
            appendUncommon(code, packed)
        }
    }

    private mutating func appendUncommon(_ code: UInt8, _ packed: UInt32) {
        guard isEscaped else {
            if code == GSM7.escape { isEscaped = true } else { append(utf8: packed) }
            return
        }
        isEscaped = false
        let shifted = single[Int(code)]
        append(utf8: shifted == CharacterTable.undefined ? packed : shifted)
    }

    private mutating func append(utf8 packed: UInt32) {
        guard packed != CharacterTable.undefined else { return utf8.append(UInt8(ascii: " ")) }
        var rest = packed & 0xFF_FFFF
        for _ in 0..<packed >> 24 {
            utf8.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func finish() -> String {
        if isEscaped { utf8.append(UInt8(ascii: " ")) }
        return String(decoding: utf8, as: UTF8.self)
    }
}
