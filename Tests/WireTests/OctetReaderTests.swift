import Testing
import Wire

@Suite struct OctetReaderTests {
    @Test func `octets come in order and the end is an error with its place`() throws {
        var reader = OctetReader([1, 2, 3, 4])
        #expect(try reader.octet("first") == 1)
        #expect(try reader.uint16("second") == 0x0203)
        #expect(reader.remaining == 1)
        #expect(throws: DecodeError("third", at: 3, .truncated(needed: 2, available: 1))) { try reader.octets(2, "third") }
        #expect(Array(reader.rest()) == [4])
        #expect(throws: DecodeError("fourth", at: 4, .truncated(needed: 1, available: 0))) { try reader.octet("fourth") }
    }

    @Test func `a reader over a slice reports places in the whole input`() {
        var reader = OctetReader([9, 9, 9][2...])
        _ = try? reader.octet("last")
        #expect(throws: DecodeError("more", at: 3, .truncated(needed: 1, available: 0))) { try reader.octet("more") }
    }

    @Test func `a negative count is refused, not trapped on`() {
        var reader = OctetReader([1])
        #expect(throws: DecodeError.self) { try reader.octets(-1, "length") }
    }
}
