import Telephony
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: [(UInt64.min, UInt64.min), (.max, .max), (1, 0), (0, 1), (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)])
    func `what is written is read, in either case`(high: UInt64, low: UInt64) {
        let name = MessageID(high: high, low: low)
        #expect(MessageID(name.description) == name)
        #expect(MessageID(name.description.lowercased()) == name)
        #expect(MessageID("x\(name)".dropFirst()) == name)
    }

    @Test func `digits are those of Crockford, the highest first`() {
        #expect(MessageID(high: 0x0001_8CC2_5120_3DA6, low: 0xF0E1_D2C3_B4A5_9687).description == "00066C4M907PKF1REJRETAB5M7")
    }

    @Test(arguments: [
        "", "0", "0123456789ABCDEFGHJKMNPQR", "0123456789ABCDEFGHJKMNPQRST", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "0123456789ABCDEFGHIKMNPQRS", "0123456789ABCDEFGHLKMNPQRS", "0123456789ABCDEFGHOKMNPQRS", "0123456789ABCDEFGHUKMNPQRS",
        "0123456789ABCDEFGH-KMNPQRS", "0123456789ABCDEFGH{KMNPQRS", "0123456789ABCDEFGH[KMNPQRS", "0123456789ABCDEFGHéKMNPQR",
    ])
    func `what is no name is none`(text: String) {
        #expect(MessageID(text) == nil)
    }
}
