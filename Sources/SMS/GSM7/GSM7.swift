/// The seven-bit alphabet of 3GPP TS 23.038 §6.2.1, packed as in §6.1.2.1.
public enum GSM7 {
    /// Announces a code of the single shift table.
    static let escape: UInt8 = 0x1B

    /// Octets that hold so many septets.
    public static func octetCount(ofSeptets septets: Int) -> Int {
        (septets * 7 + 7) / 8
    }

    /// Septets that begin within so many octets: how much of a message a header of that size takes away, fill bits included.
    public static func septetCount(coveringOctets octets: Int) -> Int {
        (octets * 8 + 6) / 7
    }

    /// The text of septets `range` of `octets`, counted from the first bit. Septets past the end of `octets` are left out.
    ///
    /// A code that the single shift table does not have shows the character of the other table, as §6.2.1.1 asks;
    /// a code that no table has, a doubled escape and an escape at the end show a space.
    public static func decode(_ octets: ArraySlice<UInt8>, septets range: Range<Int>, tables: ShiftTables = .standard) -> String {
        let range = range.clamped(to: 0..<octets.count * 8 / 7)
        let shifts = Shifts(tables)
        var utf8: [UInt8] = []
        // No character of the tables takes more than three octets.
        utf8.append(addingCapacity: range.count * 3) { unpack(octets.span, range, shifts, to: &$0) }
        return String(decoding: utf8, as: UTF8.self)
    }

    private static func unpack(_ octets: Span<UInt8>, _ range: Range<Int>, _ shifts: Shifts, to utf8: inout OutputSpan<UInt8>) {
        var septets = SeptetReader(octets, from: range.lowerBound)
        var text = TextDecoder(shifts)
        var left = range.count
        while left >= 8, let eight = septets.nextEight(octets) {
            text.append(eight: eight, to: &utf8)
            left -= 8
        }
        for _ in 0..<left { text.append(septets.next(octets), to: &utf8) }
        text.finish(&utf8)
    }

    /// The packed codes of `text`. Throws `notInAlphabet` for a character that the tables lack.
    public static func encode(_ text: String, tables: ShiftTables = .standard) throws(EncodeError) -> (octets: [UInt8], septets: Int) {
        try encode(text, behind: [], tables: tables)
    }

    /// `header`, fill bits to the next septet, and the packed codes of `text`; the septets include those the header takes.
    static func encode(_ text: String, behind header: [UInt8], tables: ShiftTables) throws(EncodeError) -> (octets: [UInt8], septets: Int) {
        var writer = SeptetWriter(behind: header.count)
        // A character takes one septet, or two of at least one octet of UTF-8.
        let capacity = header.count + octetCount(ofSeptets: text.utf8.count * 2) + 1
        var octets: [UInt8] = []
        try octets.append(addingCapacity: capacity) { octets throws(EncodeError) in
            for octet in header { octets.append(octet) }
            try pack(text, Shifts(tables), writer: &writer, to: &octets)
            writer.finish(&octets)
        }
        return (octets, writer.count)
    }

    private static func pack(
        _ text: String, _ shifts: Shifts, writer: inout SeptetWriter, to octets: inout OutputSpan<UInt8>
    ) throws(EncodeError) {
        let (codes, utf8) = (shifts.locking.ascii, text.utf8Span)
        let (ascii, units) = (codes.span, utf8.span)
        var index = 0
        while index < units.count {
            let unit = units[index]
            if unit < 0x80, ascii[Int(unit)] != CharacterTable.absent {
                writer.append(ascii[Int(unit)], to: &octets)
                index += 1
            } else {
                index += try pack(scalarAt: index, of: utf8, shifts, writer: &writer, to: &octets)
            }
        }
    }

    /// Writes any scalar and returns how many octets of UTF-8 it takes.
    private static func pack(
        scalarAt index: Int, of utf8: UTF8Span, _ shifts: Shifts, writer: inout SeptetWriter, to octets: inout OutputSpan<UInt8>
    ) throws(EncodeError) -> Int {
        var scalars = utf8.makeUnicodeScalarIterator()
        scalars.reset(roundingBackwardsFrom: index)
        guard let scalar = scalars.next() else { return utf8.count - index }
        let code = shifts.locking.code(of: scalar.value)
        if code != CharacterTable.absent {
            writer.append(code, to: &octets)
        } else {
            let shifted = shifts.single.code(of: scalar.value)
            guard shifted != CharacterTable.absent else { throw .notInAlphabet(scalar) }
            writer.append(escape, to: &octets)
            writer.append(shifted, to: &octets)
        }
        return scalar.utf8.count
    }
}
