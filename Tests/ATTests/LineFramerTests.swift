import Testing

@testable import AT

@Suite struct LineFramerTests {
    @Test(
        arguments: [
            ("\r\nOK\r\n", [.line("OK")]),
            ("AT+CSQ\r\r\n+CSQ: 17,99\r\n\r\nOK\r\n", [.line("AT+CSQ"), .line("+CSQ: 17,99"), .line("OK")]),
            ("\r\n> ", [.prompt]),
            ("\r\n>\r\nOK\r\n", [.prompt, .line("OK")]),
            ("\r\n> 0011\u{1A}\r\n", [.prompt, .line("0011\u{1A}")]),
            ("\0\0RI\0NG\r\n", [.line("RING")]),
            ("no end", []),
        ] as [(String, [LineFramer.Frame])])
    func `octets become lines and prompts, all at once or one by one`(text: String, frames: [LineFramer.Frame]) {
        var whole = LineFramer()
        #expect(whole.feed(text.utf8) == frames)
        var drip = LineFramer()
        #expect(text.utf8.flatMap { drip.feed([$0]) } == frames)
    }

    @Test func `noise of a booting modem is dropped`() {
        var framer = LineFramer()
        #expect(framer.feed([0xFF, 0x00, 0xFF] + Array("OK".utf8) + [0xFF, 0x0D, 0x0A]) == [.line("OK")])
    }

    @Test func `a megabyte without an end costs the limit and loses only itself`() {
        var framer = LineFramer(limit: 1024)
        #expect(framer.feed(Array(repeating: UInt8(ascii: "x"), count: 1 << 20)) == [.overlong(limit: 1024)])
        #expect(framer.feed("\r\nOK\r\n".utf8) == [.line("OK")])
    }

    @Test func `octets that are no UTF-8 do not lose the line`() {
        var framer = LineFramer()
        #expect(framer.feed(Array("+COPS: 0,0,\"E".utf8) + [0xE9, 0x0D]) == [.line("+COPS: 0,0,\"E\u{FFFD}")])
    }
}
