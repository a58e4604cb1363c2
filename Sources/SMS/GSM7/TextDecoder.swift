/// Turns codes into UTF-8, escape by escape.
struct TextDecoder {
    private let locking: CharacterTable
    private let single: CharacterTable
    private var isEscaped = false

    init(_ shifts: Shifts) {
        locking = shifts.locking
        single = shifts.single
    }

    /// Eight codes at once, the first one lowest.
    @inline(__always)
    mutating func append(eight codes: UInt64, to utf8: inout OutputSpan<UInt8>) {
        let cells = locking.plain
        let plain = cells.span
        var flags: UInt8 = isEscaped ? 0x80 : 0
        for step in 0..<8 { flags |= plain[Int(truncatingIfNeeded: codes &>> (step &* 7) & 0x7F)] }
        if flags < 0x80 {
            for step in 0..<8 { utf8.append(plain[Int(truncatingIfNeeded: codes &>> (step &* 7) & 0x7F)]) }
        } else {
            for step in 0..<8 { append(UInt8(truncatingIfNeeded: codes &>> (step &* 7) & 0x7F), to: &utf8) }
        }
    }

    mutating func append(_ code: UInt8, to utf8: inout OutputSpan<UInt8>) {
        let character = locking.decoding[Int(code)]
        guard isEscaped else {
            if code == GSM7.escape { isEscaped = true } else { Self.append(character, to: &utf8) }
            return
        }
        isEscaped = false
        let shifted = single.decoding[Int(code)]
        Self.append(shifted == CharacterTable.undefined ? character : shifted, to: &utf8)
    }

    func finish(_ utf8: inout OutputSpan<UInt8>) {
        if isEscaped { Self.append(CharacterTable.undefined, to: &utf8) }
    }

    /// `packed` is a cell of `CharacterTable.decoding`.
    private static func append(_ packed: UInt32, to utf8: inout OutputSpan<UInt8>) {
        switch packed {
        case CharacterTable.undefined: utf8.append(UInt8(ascii: " "))
        case ..<0x80: utf8.append(UInt8(truncatingIfNeeded: packed))
        default:
            var rest = packed
            for _ in 0..<packed >> 24 {
                utf8.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
    }
}
