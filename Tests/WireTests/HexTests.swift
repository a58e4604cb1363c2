import Testing
import Wire

@Suite struct HexTests {
    @Test(arguments: [("", []), ("00ff", [0x00, 0xFF]), ("07914672", [0x07, 0x91, 0x46, 0x72])] as [(String, [UInt8])])
    func `digits of either case become octets`(text: String, octets: [UInt8]) throws {
        #expect(try Hex.decode(text) == octets)
        #expect(Hex.encode(octets) == text.uppercased())
    }

    @Test func `an odd digit and a letter out of range are refused with their place`() {
        #expect(throws: DecodeError("hex", at: 1, .invalid("an even number of hexadecimal digits expected"))) { try Hex.decode("012") }
        #expect(throws: DecodeError("hex", at: 1, .invalid("hexadecimal digits expected"))) { try Hex.decode("00G0") }
    }
}
