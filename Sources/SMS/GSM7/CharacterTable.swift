/// 128 character codes and back: a locking shift table (or the default alphabet) or a single shift table.
///
/// Every character of 3GPP TS 23.038's tables is one scalar of the basic plane. A class, because there is one of each and a loop
/// over a text is to hold one reference and not four arrays.
final class CharacterTable: Sendable {
    /// An empty cell.
    static let undefined: UInt32 = 0
    /// No code.
    static let absent: UInt8 = 0xFF

    /// UTF-8 of each code: an ASCII character as it is; of others the first octet lowest and their number in the top eight bits.
    let decoding: [UInt32]
    /// The ASCII character of each code; 80 where there is another, an escape or none.
    let plain: [UInt8]
    /// Codes of the ASCII characters, `absent` where there is none.
    let ascii: [UInt8]
    /// The other characters in ascending order, and their codes.
    private let others: [UInt16]
    private let otherCodes: [UInt8]

    /// Zero stands for an empty cell.
    init(scalars: [UInt16]) {
        let cells = zip(UInt8(0)..<128, scalars).filter { $0.1 != 0 }
        var decoding = [UInt32](repeating: Self.undefined, count: 128)
        var ascii = [UInt8](repeating: Self.absent, count: 128)
        // A character that stands twice is encoded with its first code.
        for (code, scalar) in cells.reversed() {
            decoding[Int(code)] = Self.utf8(of: scalar)
            if scalar < 128 { ascii[Int(scalar)] = code }
        }
        let others = cells.filter { $0.1 >= 128 }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        self.decoding = decoding
        plain = decoding.map { $0 != Self.undefined && $0 < 0x80 ? UInt8(truncatingIfNeeded: $0) : 0x80 }
        self.ascii = ascii
        self.others = others.map(\.1)
        otherCodes = others.map(\.0)
    }

    /// Eight rows of sixteen; NUL stands for an empty cell.
    convenience init(rows: [String]) {
        self.init(scalars: rows.flatMap { $0.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) } })
    }

    /// Only the cells that are not empty.
    convenience init(cells: KeyValuePairs<UInt8, Unicode.Scalar>) {
        var scalars = [UInt16](repeating: 0, count: 128)
        for (code, scalar) in cells { scalars[Int(code & 0x7F)] = UInt16(truncatingIfNeeded: scalar.value) }
        self.init(scalars: scalars)
    }

    /// The code of a character, `absent` when the table has none.
    func code(of scalar: UInt32) -> UInt8 {
        if scalar < 128 { return ascii[Int(scalar)] }
        var low = 0
        var high = others.count
        while low < high {
            let middle = (low + high) / 2
            if UInt32(others[middle]) < scalar { low = middle + 1 } else { high = middle }
        }
        return low < others.count && UInt32(others[low]) == scalar ? otherCodes[low] : Self.absent
    }

    private static func utf8(of scalar: UInt16) -> UInt32 {
        guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return undefined }
        guard !scalar.isASCII else { return scalar.value }
        var packed: UInt32 = 0
        var count: UInt32 = 0
        for octet in encoded {
            packed |= UInt32(octet) << (8 * count)
            count += 1
        }
        return packed | count << 24
    }
}
