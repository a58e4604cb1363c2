import Testing

@testable import AT

@Suite struct CommandTests {
    /// Every octet but those of its alphabet, in each field that text from outside can reach.
    @Test(arguments: (0...255).map { UInt8($0) })
    func `no octet from outside can end a field or start a command`(octet: UInt8) {
        let text = "1234" + String(UnicodeScalar(octet))
        let isDigit = (0x30...0x39).contains(octet)
        #expect(((try? CommandArgument(number: text)) != nil) == (isDigit || octet == 0x2A || octet == 0x23))
        #expect(((try? CommandArgument(pin: text)) != nil) == isDigit)
        #expect(((try? CommandArgument(quoting: text)) != nil) == ((0x20...0x7E).contains(octet) && octet != 0x22))
        #expect(((try? Command.verbatim("AT+X=\(text)")) != nil) == (0x20...0x7E).contains(octet))
    }

    @Test(arguments: ["", "+", "+1;AT+CFUN=0", "123456789012345678901", "++1", "1+"])
    func `a number is an optional plus and up to twenty dialable characters`(text: String) {
        #expect(throws: CommandError.self) { try CommandArgument(number: text) }
    }

    @Test func `the length of a submission leaves out the service centre`() throws {
        let command = try Command.submit(pdu: [0x02, 0x91, 0x21, 0x11, 0x00, 0x01])
        #expect(command.text == "AT+CMGS=3")
        #expect(command.payload == "029121110001")
        #expect(throws: CommandError.empty) { try Command.submit(pdu: [0x05, 0x91]) }
        #expect(throws: CommandError.empty) { try Command.submit(pdu: []) }
        #expect(throws: CommandError.tooLong(limit: 255)) { try Command.submit(pdu: Array(repeating: 0, count: 300)) }
    }

    @Test func `a PIN is not shown in a log`() throws {
        #expect(try Command.enterPIN(CommandArgument(pin: "1234")).loggable == "AT+CPIN=…")
    }
}
