import SMS
import Testing

@Suite struct GSM7Tests {
    @Test func `the known packing of hellohello`() throws {
        let packed = try GSM7.encode("hellohello")
        #expect(packed.octets == [0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37])
        #expect(packed.septets == 10)
    }

    @Test(arguments: 0...40)
    func `every length and every place in the octets comes back`(length: Int) throws {
        let text = String("àé€@Hello, wörld! {~} ^Ω 0123456789 [end]".unicodeScalars.prefix(length).map(Character.init))
        let packed = try GSM7.encode(text)
        #expect(GSM7.decode(packed.octets[...], septets: 0..<packed.septets) == text)
        for padding in 0..<length {
            let octets = [UInt8](repeating: 0xAA, count: padding) + packed.octets
            #expect(GSM7.decode(octets[padding...], septets: 0..<packed.septets) == text)
        }
    }

    @Test(arguments: UInt8(0)...13, UInt8(0)...13)
    func `what the tables of a language decode they encode again to the same text`(locking: UInt8, single: UInt8) throws {
        let tables = ShiftTables(locking: NationalLanguage(rawValue: locking), single: NationalLanguage(rawValue: single))
        var codes: [UInt8] = []
        for code in UInt8(0)..<128 where code != 0x1B { codes += [code, 0x1B, code] }
        let text = GSM7.decode(packed(codes)[...], septets: 0..<codes.count, tables: tables)
        let again = try GSM7.encode(text, tables: tables)
        #expect(GSM7.decode(again.octets[...], septets: 0..<again.septets, tables: tables) == text)
        #expect(text.unicodeScalars.count == 2 * 127)
    }

    /// One cell of each row that tells the language: from 3GPP TS 23.038 annex A.
    @Test(arguments: [
        (.turkish, 0x07, "ı"), (.portuguese, 0x15, "∞"), (.bengali, 0x00, "\u{0981}"), (.gujarati, 0x00, "\u{0A81}"), (.hindi, 0x00, "\u{0901}"),
        (.hindi, 0x02, "\u{0903}"), (.kannada, 0x01, "\u{0C82}"), (.malayalam, 0x01, "\u{0D02}"), (.oriya, 0x00, "\u{0B01}"),
        (.punjabi, 0x00, "\u{0A01}"), (.tamil, 0x01, "\u{0B82}"), (.telugu, 0x00, "\u{0C01}"), (.urdu, 0x00, "\u{0627}"), (.spanish, 0x00, "@"),
    ] as [(NationalLanguage, UInt8, String)])
    func `a locking table is that of its language`(language: NationalLanguage, code: UInt8, character: String) {
        #expect(GSM7.decode([code], septets: 0..<1, tables: ShiftTables(locking: language)) == character)
    }

    @Test func `septets past the end are left out and a place past the end is empty`() {
        #expect(GSM7.decode([0xE8, 0x32], septets: 0..<200) == "he")
        #expect(GSM7.decode([0xE8, 0x32], septets: 7..<9) == "")
        #expect(GSM7.decode([], septets: 0..<8) == "")
    }

    @Test func `a character that the tables lack is named`() {
        #expect(throws: EncodeError.notInAlphabet("ğ")) { try GSM7.encode("dağ") }
        #expect(throws: EncodeError.notInAlphabet("😀")) { try GSM7.encode("ok 😀") }
        #expect(throws: EncodeError.notInAlphabet("\u{1B}")) { try GSM7.encode("\u{1B}") }
    }

    private func packed(_ codes: [UInt8]) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: GSM7.octetCount(ofSeptets: codes.count))
        for (index, code) in codes.enumerated() {
            for bit in 0..<7 where code >> bit & 1 != 0 {
                octets[(index * 7 + bit) / 8] |= 1 << ((index * 7 + bit) % 8)
            }
        }
        return octets
    }
}
