import Testing

@testable import HTTPStack

@Suite struct JSONTests {
    @Test(
        arguments: [
            (#"{"line":"home","to":["+15550100"],"n":[1,-2,0,3.5,1e3,true,false,null,{}]}"#, nil),
            (#"  [ "a" , "b" ]  "#, #"["a","b"]"#),
            (#""\u0041\n\t\"\\\/\ud83d\ude00é""#, #""A\n\t\"\\/😀é""#),
            (#""\b\f\r\u001f\u007f""#, #""\u0008\u000c\r\u001f\u007f""#),
            ("9223372036854775807", nil),
            ("9223372036854775808", "9.223372036854776e+18"),
            (#"{"":""}"#, nil),
        ] as [(String, String?)])
    func `a value is read and written again`(text: String, canonical: String?) throws {
        let value = try JSON(decoding: Array(text.utf8))
        #expect(String(decoding: value.encoded, as: UTF8.self) == canonical ?? text.replacing("3.5,1e3", with: "3.5,1000.0"))
        #expect(try JSON(decoding: value.encoded) == value)
    }

    @Test(arguments: [
        ("", 0, "a value expected, not the end"),
        ("{", 1, "a name expected"),
        (#"{"a":1,}"#, 7, "a name expected"),
        (#"{"a":1,"a":2}"#, 10, "the name a comes twice"),
        (#"{"a" 1}"#, 5, "a colon expected"),
        ("[1 2]", 3, "a comma or the end of the array expected"),
        ("[1],", 3, "nothing more expected"),
        ("01", 1, "nothing more expected"),
        ("-", 1, "a digit expected"),
        ("1.", 2, "a digit expected"),
        ("1e400", 5, "the number is out of range"),
        ("nul", 3, "a value expected"),
        ("NaN", 0, "a value expected"),
        (#""\ud800""#, 7, "half a surrogate pair"),
        (#""\ud800\u0041""#, 13, "half a surrogate pair"),
        (#""\udc00""#, 7, "half a surrogate pair"),
        (#""\u00g0""#, 3, "four hexadecimal digits expected"),
        (#""\x""#, 3, "there is no such escape"),
        ("\"a\nb\"", 2, "a control character must be escaped"),
        (#""abc"#, 4, "the text does not end"),
        ("'a'", 0, "a value expected"),
    ])
    func `what is not JSON is refused with its place`(text: String, offset: Int, reason: String) {
        #expect(throws: JSONError(offset: offset, reason: reason)) { try JSON(decoding: Array(text.utf8)) }
    }

    @Test func `a name is no longer than 256 octets, and is refused before it is compared`() throws {
        let longest = String(repeating: "é", count: 128)
        #expect(try JSON(decoding: Array("{\"\(longest)\":1}".utf8))[longest] == 1)
        #expect(throws: JSONError(offset: 260, reason: "the name is too long")) { try JSON(decoding: Array("{\"\(longest)n\":1}".utf8)) }
    }

    @Test func `text that is not UTF-8 is refused`() {
        #expect(throws: JSONError.self) { try JSON(decoding: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSON(decoding: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test(arguments: ["[", "{\"a\":"]) func `a hundred thousand levels are refused without descending`(level: String) {
        let text = String(repeating: level, count: 100_000)
        #expect(throws: JSONError(offset: level.utf8.count * JSON.depthLimit, reason: "nested too deeply")) {
            try JSON(decoding: Array(text.utf8))
        }
    }

    @Test func `every truncation is refused and no flipped bit traps`() throws {
        let octets = Array(#"{"line":"home","to":["+1 555"],"text":"h\u00e9\ud83d\ude00","n":-1.5e-3,"b":[true,null]}"#.utf8)
        for count in 0..<octets.count {
            #expect(throws: JSONError.self) { try JSON(decoding: Array(octets[..<count])) }
        }
        for position in octets.indices {
            for bit in 0..<8 {
                var flipped = octets
                flipped[position] ^= 1 << bit
                _ = try? JSON(decoding: flipped)
            }
        }
    }

    @Test func `fields are taken by name and a left-over one is told`() throws {
        var fields = try Fields(Array(#"{"line":"home","to":["a",1],"key":null,"txt":"x"}"#.utf8))
        #expect(try fields.text("line") == "home")
        #expect(try fields.optionalText("key") == nil)
        #expect(throws: Problem.badRequest("A text is expected", field: "to[1]")) { try fields.texts("to") }
        #expect(throws: Problem.badRequest("Missing", field: "text")) { try fields.text("text") }
        #expect(throws: Problem.badRequest("There is no such field", field: "txt")) { try fields.end() }
    }
}
