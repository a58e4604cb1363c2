import MMS
import Testing

@Suite struct CharsetTests {
    @Test(arguments: [
        (Charset.ascii, [0x47, 0x72, 0x80] as [UInt8], "Gr€"), (.latin1, [0x47, 0xFC, 0x93], "Gü“"), (.utf8, [0xC3, 0xBC, 0xFF], "ü\u{FFFD}"),
        (.ucs2, [0x04, 0x1F, 0xD8, 0x3D, 0xDC, 0x4B], "П👋"), (.ucs2, [0xFF, 0xFE, 0x1F, 0x04], "П"), (.utf16, [0xFE, 0xFF, 0x04, 0x1F], "П"),
        (.utf16BE, [0x04, 0x1F, 0x00], "П"), (.utf16LE, [0x1F, 0x04], "П"), (.ucs2, [0xD8, 0x3D, 0x00, 0x41], "\u{FFFD}A"),
        (Charset(rawValue: 5), [0xB3], "ł"), (Charset(rawValue: 8), [0xB0], "А"), (Charset(rawValue: 10), [0xE1], "α"),
        (Charset(rawValue: 11), [0xE0], "א"), (Charset(rawValue: 12), [0xFD], "ı"), (Charset(rawValue: 111), [0xA4], "€"),
        (Charset(rawValue: 2251), [0xCF], "П"), (Charset(rawValue: 2084), [0xD0], "п"), (Charset(rawValue: 2259), [0xA1], "ก"),
        (Charset(rawValue: 6), [0xA5], "\u{FFFD}"), (Charset(rawValue: 17), [0xC3, 0xBC], "ü"), (Charset(rawValue: 17), [0xFC], "ü"),
    ])
    func `octets read in their charset`(charset: Charset, octets: [UInt8], text: String) {
        #expect(charset.text(of: octets) == text)
    }

    @Test func `a charset is known by its name, an alias and its number`() {
        for name in ["utf-8", "UTF8", "106"] { #expect(Charset(name: name) == .utf8) }
        #expect(Charset(name: "Latin1") == .latin1)
        #expect(Charset(name: "klingon") == nil)
        #expect(Charset.utf8.name == "utf-8")
        #expect(Charset(rawValue: 4711).name == "4711")
    }

    @Test func `every charset of one octet a character maps every octet`() {
        for number in Array(4...13) + [109, 110, 111, 112, 2084, 2259] + Array(2250...2258) {
            let text = Charset(rawValue: number).text(of: Array(0...255 as ClosedRange<UInt8>))
            #expect(text.unicodeScalars.count == 256, "\(number)")
            #expect(Array(text.utf8.prefix(128)) == Array(0..<128))
        }
    }
}
