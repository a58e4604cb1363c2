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
        // A character takes one septet, or two of at least one octet of UTF-8.
        let capacity = header.count + octetCount(ofSeptets: text.utf8.count * 2) + 1
        var octets: [UInt8] = []
        var septets = 0
        try octets.append(addingCapacity: capacity) { octets throws(EncodeError) in
            for octet in header { octets.append(octet) }
            septets = try pack(text, behind: header.count, Shifts(tables), to: &octets)
        }
        return (octets, septets)
    }

    private static func pack(
        _ text: String, behind headerOctets: Int, _ shifts: Shifts, to octets: inout OutputSpan<UInt8>
    ) throws(EncodeError) -> Int {
        let (codes, utf8) = (shifts.locking.ascii, text.utf8Span)
        let (ascii, units) = (codes.span, utf8.span)
        var writer = SeptetWriter(behind: headerOctets)
        var index = 0
        while index < units.count {
            if let eight = eightCodes(of: units, at: index, ascii) {
                writer.append(eight: eight, to: &octets)
                index += 8
            } else {
                index += try pack(scalarAt: index, of: utf8, shifts, writer: &writer, to: &octets)
            }
        }
        writer.finish(&octets)
        return writer.count
    }

    /// The codes of the next eight characters, the first one lowest; nil when one is no ASCII character of the table or they are fewer.
    @inline(__always)
    private static func eightCodes(of units: Span<UInt8>, at index: Int, _ ascii: Span<UInt8>) -> UInt64? {
        guard units.count - index >= 8 else { return nil }
        var codes: UInt64 = 0
        var flags: UInt8 = 0
        for step in 0..<8 {
            let unit = units[index &+ step]
            let code = ascii[Int(unit & 0x7F)]
            flags |= unit | code
            codes |= UInt64(code & 0x7F) &<< UInt64(step &* 7)
        }
        return flags < 0x80 ? codes : nil
    }

    /// Writes any scalar and returns how many octets of UTF-8 it takes.
    private static func pack(
        scalarAt index: Int, of utf8: UTF8Span, _ shifts: Shifts, writer: inout SeptetWriter, to octets: inout OutputSpan<UInt8>
    ) throws(EncodeError) -> Int {
        let unit = utf8.span[index]
        if unit < 0x80, case let code = shifts.locking.ascii[Int(unit)], code != CharacterTable.absent {
            writer.append(code, to: &octets)
            return 1
        }
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
