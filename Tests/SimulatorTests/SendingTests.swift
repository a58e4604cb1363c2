import SMS
import Testing

@testable import Simulator

@Suite struct SendingTests {
    @Test func `The prompt is CR LF, greater-than, blank, and nothing else`() {
        var bench = Bench()
        #expect(bench.type("AT+CMGS=10\r") == "\r\n> ")
    }

    @Test func `With echo on, the PDU is echoed too`() {
        var bench = Bench(echo: "")
        #expect(bench.type("AT+CMGS=10\r") == "AT+CMGS=10\r\r\n> ")
        #expect(bench.type("00AB") == "00AB")
    }

    @Test func `What is sent arrives outside with the modem's own reference`() throws {
        var bench = Bench()
        #expect(try bench.send("hello").hasSuffix("\r\n+CMGS: 1\r\n\r\nOK\r\n"))
        #expect(try bench.send("again").hasSuffix("\r\n+CMGS: 2\r\n\r\nOK\r\n"))
        #expect(bench.sent.map(\.text) == ["hello", "again"])
        #expect(bench.sent.map(\.to) == [Bench.outside, Bench.outside])
    }

    @Test func `ESC ends a prompt and the next command is heard`() {
        var bench = Bench()
        _ = bench.type("AT+CMGS=10\r")
        #expect(bench.type("0011\u{1B}") == "\r\nOK\r\n")
        #expect(bench.type("AT\r") == "\r\nOK\r\n")
        #expect(bench.sent.isEmpty)
    }

    @Test(arguments: ["zz", "00", "0011000B915155214365F70000A705C8329BFD0", "FF11000B915155214365F70000A705C8329BFD06"])
    func `A PDU that is none is refused`(pdu: String) {
        var bench = Bench()
        _ = bench.type("AT+CMGS=18\r")
        #expect(bench.type(pdu + "\u{1A}") == "\r\n+CMS ERROR: 304\r\n")
    }

    @Test func `A PDU of another length than announced is refused`() {
        var bench = Bench()
        _ = bench.type("AT+CMGS=20\r")
        #expect(bench.type("0011000B915155214365F70000A705C8329BFD06\u{1A}") == "\r\n+CMS ERROR: 304\r\n")
    }

    @Test(arguments: [("AT+CFUN=4\r", "331"), ("AT+CSCA=\"\"\r", "330")])
    func `Without network or service centre nothing leaves`(command: String, code: String) throws {
        var bench = Bench()
        _ = bench.type(command)
        #expect(try bench.send("hello").hasSuffix("\r\n+CMS ERROR: \(code)\r\n"))
        #expect(bench.sent.isEmpty)
    }

    @Test func `A stored message is sent from its place`() {
        var bench = Bench()
        _ = bench.type("AT+CMGW=19\r")
        #expect(bench.type("0011000B915155214365F70000A705C8329BFD06\u{1A}") == "\r\n+CMGW: 1\r\n\r\nOK\r\n")
        #expect(bench.type("AT+CMSS=1\r") == "\r\n+CMSS: 1\r\n\r\nOK\r\n")
        #expect(bench.sent.map(\.text) == ["Hello"])
        #expect(bench.type("AT+CMGL=3\r").contains("+CMGL: 1,3,,19"))
    }

    @Test func `Text mode sends too`() {
        var bench = Bench()
        _ = bench.type("AT+CMGF=1\r")
        #expect(bench.type("AT+CMGS=\"+15551234567\"\r") == "\r\n> ")
        #expect(bench.type("hi there\u{1A}").contains("+CMGS: 1"))
        #expect(bench.sent.map(\.text) == ["hi there"])
    }

    @Test func `Unsolicited lines wait while the prompt is open`() {
        var bench = Bench()
        _ = bench.type("AT+CNMI=2,1,0,0,0\r")
        _ = bench.type("AT+CMGS=10\r")
        bench.text("hello")
        #expect(bench.look() == "")
        #expect(bench.type("\u{1B}") == "\r\nOK\r\n\r\n+CMTI: \"SM\",1\r\n")
    }
}
