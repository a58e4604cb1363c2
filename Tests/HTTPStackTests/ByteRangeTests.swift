import HTTPStack
import Testing

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-0", .part(0..<1)), ("bytes=2-5", .part(2..<6)), ("bytes=2-", .part(2..<10)), ("Bytes=9-100", .part(9..<10)),
        ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)), ("bytes= 1 - 2 ", .part(1..<3)), ("bytes=10-", .unsatisfiable),
        ("bytes=-0", .unsatisfiable), ("bytes=0-9223372036854775807", .part(0..<10)),
        // Several, units of others and what is no range are no reason to refuse the file.
        ("bytes=0-1,3-4", .whole), ("lines=0-1", .whole), ("bytes=5-2", .whole), ("bytes=a-b", .whole), ("bytes=", .whole), ("bytes=-", .whole),
        ("bytes=+1-2", .whole), ("bytes=99999999999999999999-", .whole), (nil, .whole),
    ] as [(String?, ByteRange)])
    func `a range is read against ten octets`(header: String?, range: ByteRange) {
        #expect(ByteRange(header, of: 10) == range)
    }

    @Test func `of nothing there is no part`() {
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-1", of: 0) == .unsatisfiable)
        #expect(ByteRange(nil, of: 0) == .whole)
    }
}
