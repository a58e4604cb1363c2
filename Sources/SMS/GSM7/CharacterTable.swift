/// 128 character codes and back: a locking shift table (or the default alphabet) or a single shift table.
///
/// Every character of 3GPP TS 23.038's tables is one scalar of the basic plane.
struct CharacterTable: Sendable {
    /// What stands in a decoding cell that has no character.
    static let undefined: UInt32 = 0

    /// UTF-8 of each code, first octet lowest, the octet count in the top eight bits; `undefined` where the table is empty.
    let decoding: [UInt32]
    /// Codes of the ASCII characters, `absent` where there is none.
    let ascii: [UInt8]
    /// Codes of the other characters.
    private let others: [UInt16: UInt8]

    static let absent: UInt8 = 0xFF

    /// Zero stands for an empty cell.
    init(scalars: [UInt16]) {
        var decoding: [UInt32] = []
        var ascii = [UInt8](repeating: Self.absent, count: 128)
        var others: [UInt16: UInt8] = [:]
        for (code, scalar) in zip(UInt8(0)..., scalars) {
            decoding.append(Self.utf8(of: scalar))
            guard scalar != 0 else { continue }
            // A character that stands twice is encoded with its first code.
            if scalar < 128 {
                if ascii[Int(scalar)] == Self.absent { ascii[Int(scalar)] = code }
            } else if others[scalar] == nil {
                others[scalar] = code
            }
        }
        decoding.append(contentsOf: repeatElement(Self.undefined, count: max(0, 128 - decoding.count)))
        self.decoding = decoding
        self.ascii = ascii
        self.others = others
    }

    /// Eight rows of sixteen; NUL stands for an empty cell.
    init(rows: [String]) {
        self.init(scalars: rows.flatMap { $0.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) } })
    }

    /// Only the cells that are not empty.
    init(cells: KeyValuePairs<UInt8, Unicode.Scalar>) {
        var scalars = [UInt16](repeating: 0, count: 128)
        for (code, scalar) in cells { scalars[Int(code & 0x7F)] = UInt16(truncatingIfNeeded: scalar.value) }
        self.init(scalars: scalars)
    }

    /// The code of a character, nil when the table has none.
    func code(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII {
            let code = ascii[Int(scalar.value)]
            return code == Self.absent ? nil : code
        }
        return UInt16(exactly: scalar.value).flatMap { others[$0] }
    }

    private static func utf8(of scalar: UInt16) -> UInt32 {
        guard scalar != 0, let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return undefined }
        var packed: UInt32 = 0
        var count: UInt32 = 0
        for octet in encoded {
            packed |= UInt32(octet) << (8 * count)
            count += 1
        }
        return packed | count << 24
    }
}
