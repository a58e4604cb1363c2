import Testing

@testable import Telephony

@Suite struct DigitPatternTests {
    @Test(arguments: [
        ("12", "12", true), ("12", "123", false), ("12", "1", false),
        ("[2-46]", "3", true), ("[2-46]", "5", false), ("[2-46]", "6", true), ("[\\d]", "9", true),
        ("\\d{3}", "123", true), ("\\d{3}", "12", false), ("\\d{2,4}", "1234", true), ("\\d{2,4}", "12345", false),
        ("1?2", "2", true), ("1?2", "12", true), ("1?2", "112", false),
        ("1(?:2|34)5", "1345", true), ("1(?:2|34)5", "1235", false), ("(1|11)1", "111", true), ("(?:1|11)(?:1|11)", "1111", true),
        ("(?:12){2}", "1212", true), ("(?:12){2}", "12", false), ("(?:1\\d?){1,3}", "1919", true), ("(?:12)?3", "3", true), ("(?:12){0,2}3", "12123", true),
        ("1$|12", "1", true), ("1$|12", "12", true), ("(?:1$)2", "12", false),
        ("9(?:[1-3](?:4|5{2})|7)8", "93558", true), ("9(?:[1-3](?:4|5{2})|7)8", "9358", false),
        ("", "1", false),
    ])
    func `patterns match whole numbers as regular expressions would`(pattern: String, digits: String, matches: Bool) throws {
        #expect(self.pattern(pattern).matches(try self.digits(digits)) == matches)
    }

    @Test(arguments: [("00|011", "0041", 2), ("00|011", "0111", 3), ("0|00", "004", 2), ("(?:0)?1", "01", 2), ("5", "4", nil)] as [(String, String, Int?)])
    func `a prefix reaches as far as it can`(pattern: String, digits: String, end: Int?) throws {
        #expect(self.pattern(pattern).furthest(in: try self.digits(digits)) == end)
    }

    @Test func `a broken pattern ends and matches nothing or something, but never traps`() throws {
        let digits = try digits("123456789012345678901234567890")
        let characters = Array("01[]-()?:|{},$d\\9x".utf8)
        var state: UInt64 = 7
        for _ in 0..<2000 {
            var text: [UInt8] = []
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(characters[Int(state >> 33) % characters.count])
            }
            #expect(DigitPattern(text: text[...]).ends(in: digits, from: PlaceSet(0)).furthest ?? 0 <= digits.count)
        }
    }

    @Test(arguments: ["", "12a", "1234567890123456789012345678901"])
    func `only runs of 1 to 30 digits are digits`(text: String) {
        #expect(Digits(Array(text.utf8)[...]) == nil)
    }

    private func pattern(_ text: String) -> DigitPattern { DigitPattern(text: Array(text.utf8)[...]) }
    private func digits(_ text: String) throws -> Digits { try #require(Digits(Array(text.utf8)[...])) }
}
