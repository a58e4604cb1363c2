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
        var septets = SeptetReader(octets, from: range.lowerBound)
        var text = TextBuilder(tables: tables, reserving: range.count)
        for _ in range {
            text.append(septets.next())
        }
        return text.finish()
    }

    /// The packed codes of `text`. Throws `notInAlphabet` for a character that the tables lack.
    public static func encode(_ text: String, tables: ShiftTables = .standard) throws(EncodeError) -> (octets: [UInt8], septets: Int) {
        var octets: [UInt8] = []
        octets.reserveCapacity(octetCount(ofSeptets: text.utf8.count))
        return try encode(text, behind: octets, tables: tables)
    }

    /// `header`, fill bits to the next septet, and the packed codes of `text`; the septets include those the header takes.
    static func encode(
        _ text: String, behind header: consuming [UInt8], tables: ShiftTables
    ) throws(EncodeError) -> (octets: [UInt8], septets: Int) {
        let locking = tables.locking.locking
        let single = tables.single.single
        var septets = SeptetWriter(behind: header)
        for scalar in text.unicodeScalars {
            if let code = locking.code(of: scalar) {
                septets.append(code)
            } else if let code = single.code(of: scalar) {
                septets.append(escape)
                septets.append(code)
            } else {
                throw .notInAlphabet(scalar)
            }
        }
        let count = septets.count
        return (septets.finish(), count)
    }
}
