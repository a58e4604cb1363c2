import Testing

@testable import AT

@Suite struct ResponseTests {
    @Test(arguments: [("+CREG: 2,1,\"00C3\"", Registration.Form.answer), ("+CREG: 2,5,\"\",\"\"", .answer), ("+CREG: 1,4CA,81DE445", .notification), ("+CGREG: 3", .notification)])
    func `a registration's form shows whether it answers`(line: String, form: Registration.Form) {
        #expect(Registration.form(of: line) == form)
    }

    @Test func `an operator's name ends where junk begins`() {
        #expect(OperatorSelection(line: "+COPS: 0,0,\"E-Plus@\u{1}\u{FFFD}x\",2")?.name == "E-Plus")
    }

    @Test func `a full storage is known by its count`() {
        #expect(StorageUse.all(line: "+CPMS: 20,20,0,127,20,20")?.first?.isFull == true)
    }

    @Test func `the choices of a test command are spelt out`() {
        #expect(
            NotificationChoices(line: "+CNMI: (0-2),(0,1,3),(0,2),(0-2),(1)")
                == NotificationChoices(modes: [0, 1, 2], messages: [0, 1, 3], broadcasts: [0, 2], reports: [0, 1, 2], buffers: [1]))
        #expect(NotificationChoices(line: "+CNMI: (2),(0-3)")?.buffers == [])
        #expect(ParameterSets("+CPMS: (\"SM\",\"ME\"),(\"SM\")", after: "+CPMS:")?.sets == [["SM", "ME"], ["SM"]])
        #expect(ParameterSets("+CPMS: \"SM\",\"ME\"", after: "+CPMS:")?.sets == [["SM", "ME"]])
        #expect(ParameterSets("+CNMI: (0-999999999)", after: "+CNMI:")?.ints(0) == [])
    }

    @Test func `a USSD answer without text is an empty one`() {
        #expect(USSDAnswer(line: "+CUSD: 0,\"\",0") == USSDAnswer(status: .done, string: "", coding: 0))
    }

    @Test(arguments: ["+CGSN: \"490154203237518\"", "490154203237518", "4901542032375199", "49015420323751", "IMEI: 490154203237518"])
    func `an IMEI is the same with prefix, quotes or software version`(text: String) {
        #expect(IMEI(text)?.digits == "490154203237518")
    }

    @Test func `a stored message needs a header and a PDU`() {
        #expect(StoredMessage(Reply.Line("+CMGL: 0,1,,23", payload: "0011")) == StoredMessage(index: 0, status: .read, content: .pdu([0, 0x11]), length: 23))
        #expect(StoredMessage(Reply.Line("+CMGR: 0,,23", payload: "0011")) == StoredMessage(status: .unread, content: .pdu([0, 0x11]), length: 23))
        #expect(StoredMessage(Reply.Line("+CMGL: 70000,1,,23", payload: "0011")) == nil)
        #expect(StoredMessage(Reply.Line("+CMGL: 1,1,,23", payload: nil)) == nil)
        #expect(StoredMessage(Reply.Line("+CMGL: 1,1,,23", payload: "001"))?.content == .unreadable("001"))
        #expect(StoredMessage(Reply.Line("+CMGL: 1,1,,23", payload: "hello"))?.content == .unreadable("hello"))
    }

    @Test(arguments: [("+CMGL: 0,1,,2", "010002CC", true), ("+CMGL: 0,1,,2", "01000200", true), ("+CMGL: 0,1", "0002", true), ("+CMGL: 0,1,,3", "0100", false), ("+CMGR: 1,,3", "0100", false), ("+CMGR: 1,,1", "0010", true), ("+CMGL: 0,1,,9223372036854775807", "00", false), ("+CMGL: 0,1,,-9223372036854775808", "FF", false)])
    func `a stored message is whole when it has the octets that its header tells`(header: String, payload: String, isWhole: Bool) {
        #expect(StoredMessage(Reply.Line(header, payload: payload))?.isWhole == isWhole)
    }
}
