import Factors
import Testing
import Wire

@Suite struct CBORTests {
    /// RFC 8949 Appendix A: those of definite length, in their shortest form.
    @Test(arguments: [
        ("00", CBOR.unsigned(0)), ("17", .unsigned(23)), ("1818", .unsigned(24)), ("1903e8", .unsigned(1000)), ("1a000f4240", .unsigned(1_000_000)),
        ("1bffffffffffffffff", .unsigned(.max)), ("3bffffffffffffffff", .negative(.max)), ("20", .integer(-1)), ("3863", .integer(-100)),
        ("f97bff", .float(0x7BFF, octets: 2)), ("fa47c35000", .float(0x47C3_5000, octets: 4)), ("fb3ff199999999999a", .float(0x3FF1_9999_9999_999A, octets: 8)),
        ("f4", .simple(20)), ("f6", .simple(22)), ("f0", .simple(16)), ("f8ff", .simple(255)), ("c11a514b67b0", .tagged(1, .unsigned(1_363_896_240))),
        ("40", .octets([])), ("4401020304", .octets([1, 2, 3, 4])), ("62c3bc", .text("\u{FC}")), ("6161", .text("a")),
        ("8301820203820405", .array([.unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)])])),
        ("a201020304", .map([CBOR.Entry(.unsigned(1), .unsigned(2)), CBOR.Entry(.unsigned(3), .unsigned(4))])),
        ("826161a161626163", .array([.text("a"), .map([CBOR.Entry(.text("b"), .text("c"))])])),
    ])
    func `what the standard shows is read and written`(hex: String, value: CBOR) throws {
        let octets = try Hex.decode(hex)
        #expect(try CBOR(decoding: octets) == value)
        #expect(value.encoded == octets)
        for count in 0..<octets.count { #expect(throws: DecodeError.self) { try CBOR(decoding: octets.prefix(count)) } }
    }

    @Test(arguments: [
        ("5f42010243030405ff", "indefinite length"), ("9fff", "indefinite length"), ("bfff", "indefinite length"), ("ff", "a break alone"),
        ("1c", "a reserved length"), ("a201020103", "a key that comes twice"), ("61ff", "a text that is no UTF-8"), ("0000", "something behind it"),
        ("f810", "a simple value written too long"), ("9bffffffffffffffff", "more elements than there are octets"),
        ("5bffffffffffffffff", "a string longer than memory"), ("bb7fffffffffffffff", "a map of countless entries"),
    ])
    func `what is not definite, bounded and whole is refused`(hex: String, reason: String) throws {
        let octets = try Hex.decode(hex)
        #expect(throws: DecodeError.self, "\(reason)") { try CBOR(decoding: octets) }
    }

    @Test func `nesting and number are bounded`() {
        func nested(_ depth: Int) -> [UInt8] { [UInt8](repeating: 0x81, count: depth) + [0] }
        #expect(throws: Never.self) { try CBOR(decoding: nested(7)) }
        #expect(throws: DecodeError.self) { try CBOR(decoding: nested(8)) }
        #expect(throws: DecodeError.self) { try CBOR(decoding: nested(100_000)) }
        #expect(throws: DecodeError.self) { try CBOR(decoding: [0x99, 0x04, 0x00] + [UInt8](repeating: 0, count: 1024)) }
    }

    @Test func `integers of both signs are had as numbers`() throws {
        #expect(CBOR.integer(-257).integer == -257 && CBOR.integer(7).integer == 7)
        #expect(CBOR.unsigned(.max).integer == nil && CBOR.negative(.max).integer == nil)
        #expect(CBOR.negative(UInt64(Int64.max)).integer == Int64.min)
    }
}
