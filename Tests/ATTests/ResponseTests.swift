import Testing

@testable import AT

@Suite struct ResponseTests {
    @Test(
        arguments: [
            ("+CREG: 2,1,\"00C3\",\"0000AB12\",7", .answer, Registration(status: .home, area: 0xC3, cell: 0xAB12, technology: .lte)),
            ("+CREG: 1,\"00C3\",\"0000AB12\",2", .notification, Registration(status: .home, area: 0xC3, cell: 0xAB12, technology: .umts)),
            ("+CREG: 2,1,4CA,81DE445", .answer, Registration(status: .home, area: 0x4CA, cell: 0x81D_E445)),
            ("+CREG: 2,5,\"\",\"\"", .answer, Registration(status: .roaming)),
            ("+CREG: 2,1,\"00C3,0000AB12\"", .answer, Registration(status: .home, area: 0xC3, cell: 0xAB12)),
            ("+CEREG: 0,8", .answer, Registration(status: .emergencyOnly)),
            ("+CREG: 1,4CA,81DE445", .notification, Registration(status: .home, area: 0x4CA, cell: 0x81D_E445)),
        ("+CREG: 2,1,\"00C3\"", .answer, Registration(status: .home, area: 0xC3)),
        ("+CGREG: 3", .notification, Registration(status: .denied)),
            ("+CREG: 77", .notification, Registration(status: .other(77))),
        ] as [(String, Registration.Form, Registration)])
    func `registration is read from answers and notifications of every make`(line: String, form: Registration.Form, expected: Registration) {
        #expect(Registration.form(of: line) == form)
        #expect(Registration(line: line, form: form) == expected)
    }

    @Test(
        arguments: [
            ("+COPS: 0,0,\"vodafone\",7", "vodafone"), ("+COPS: 0,0,\"E-Plus@\u{1}\u{FFFD}x\",2", "E-Plus"), ("+COPS: 0,2,\"26201\"", "26201"),
            ("+COPS: 0,0,\"00540065006C0065006B006F006D\",2", "Telekom"), ("+COPS: 0", nil), ("+COPS: 0,0,\"\"", nil),
        ] as [(String, String?)])
    func `an operator's name is cleaned of digits and junk`(line: String, name: String?) {
        #expect(OperatorSelection(line: line)?.name == name)
    }

    @Test(arguments: [
        ("+CSQ: 17,99", SignalReading(rssi: -79)), ("+CSQ: 99,99", SignalReading()), ("^RSSI:0", SignalReading(rssi: -113)),
        ("+CESQ: 99,99,255,255,20,46", SignalReading(rsrp: -95, rsrq: -10)),
        ("^HCSQ:\"LTE\",49,41,141,20", SignalReading(rssi: -72, rsrp: -100, rsrq: -10, sinr: 8)),
        ("^HCSQ: \"WCDMA\",50,40,50", SignalReading(rssi: -71, rscp: -81, ecio: -7.5)), ("^HCSQ:\"NOSERVICE\"", SignalReading()),
        ("+QCSQ: \"LTE\",-52,-81,195,-10", SignalReading(rssi: -52, rsrp: -81, rsrq: -10, sinr: 19)),
        ("+CPSI: LTE,Online,460-00,0x333C,39589632,191,EUTRAN-BAND39,38400,5,0,-93,-850,-545,15", SignalReading(rssi: -54.5, rsrp: -85, rsrq: -9.3)),
        ("+CPSI: GSM,Online,460-00,0x182d,12401,27 EGSM 900,-64,2110,42-42", SignalReading(rssi: -64)), ("+CPSI: NO SERVICE,Online", SignalReading()),
        ("+QIND: \"csq\",17,99", SignalReading(rssi: -79)),
    ])
    func `signal strength is in dBm whatever the make's form`(line: String, expected: SignalReading) throws {
        let reading = try #require(SignalReading(line: line))
        for (one, other) in zip(
            [reading.rssi, reading.rscp, reading.ecio, reading.rsrp, reading.rsrq, reading.sinr],
            [expected.rssi, expected.rscp, expected.ecio, expected.rsrp, expected.rsrq, expected.sinr])
        {
            #expect((one == nil) == (other == nil))
            #expect(abs((one ?? 0) - (other ?? 0)) < 0.01)
        }
    }

    @Test func `storage use is read with and without names`() {
        #expect(StorageUse.all(line: "+CPMS: \"SM\",3,20,\"ME\",0,127,\"SM\",3,20")?.map(\.used) == [3, 0, 3])
        #expect(StorageUse.all(line: "+CPMS: 20,20,0,127,20,20")?.first?.isFull == true)
        #expect(StorageUse.all(line: "+CPMS:") == nil)
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

    @Test(
        arguments: [
            ("+CPIN: READY", .ready), ("+CPIN: SIM PIN", .pin), ("+CPIN:SIM PUK", .puk), ("+CPIN: \"SIM PIN2\"", .pin2),
            ("+CPIN: NOT INSERTED", .absent),
            ("+CPIN: PH-NET PIN", .locked("PH-NET PIN")), ("+CPIN: NOT READY", .busy), ("+CPIN: ODD", .other("ODD")),
        ] as [(String, SIMState)])
    func `what the SIM waits for is told`(line: String, state: SIMState) {
        #expect(SIMState(line: line) == state)
    }

    @Test(
        arguments: [
            (["^CPIN: SIM PIN,2,10,2,10,3"], .huawei, PINTries(pin: 2, puk: 10)), (["^CPIN: READY,,10,3,10,3"], .huawei, PINTries(pin: 3, puk: 10)),
            (["+QPINC: \"SC\",3,10", "+QPINC: \"P2\",0,10"], .quectel, PINTries(pin: 3, puk: 10)),
            (["+SPIC: 3,10,0,10"], .list(prefix: "+SPIC:", pukAt: 1), PINTries(pin: 3, puk: 10)),
            (["+CPINC: 3,3,10,10"], .list(prefix: "+CPINC:", pukAt: 2), PINTries(pin: 3, puk: 10)),
            (["+CPINR: SIM PIN,1,3", "+CPINR: SIM PUK,10,10"], .standard, PINTries(pin: 1, puk: 10)), (["+QPINC: \"P2\",0,10"], .quectel, nil),
            ([], .huawei, nil),
        ] as [([String], PINTries.Form, PINTries?)])
    func `the tries left are read in every make's form`(lines: [String], form: PINTries.Form, expected: PINTries?) {
        #expect(PINTries(lines: lines, form: form) == expected)
    }

    @Test func `numbers are read as stored, with their plus, or as UCS2 digits`() {
        #expect(PhoneNumber(serviceCentre: "+CSCA: \"+491710760000\",145")?.digits == "+491710760000")
        #expect(PhoneNumber(serviceCentre: "+CSCA: \"002B003400390031\",145")?.digits == "+491")
        #expect(PhoneNumber(serviceCentre: "+CSCA: \"\",129") == nil)
        #expect(PhoneNumber(own: "+CNUM: \"\",\"491701234567\",145")?.digits == "+491701234567")
        #expect(PhoneNumber(own: "ERROR+CNUM: \"\",\"+15550100\",145")?.digits == "+15550100")
        #expect(PhoneNumber(own: "+CNUM: ,\"\",") == nil)
    }

    @Test(
        arguments: [
            ("+CCLK: \"26/11/20,23:33:00+04\"", 1_795_213_980, 4), ("+CCLK: \"2026/11/20,23:33:00+04\"", 1_795_213_980, 4),
            ("+CCLK: \"26/11/20,22:33:00\"", 1_795_213_980, nil), ("+QLTS: \"2026/11/20,16:33:00-24,0\"", 1_795_213_980, -24),
        ] as [(String, Int64, Int?)])
    func `network time is UTC with its zone`(line: String, seconds: Int64, zone: Int?) {
        #expect(NetworkTime(line: line) == NetworkTime(secondsSince1970: seconds, quarterHours: zone))
    }

    @Test(arguments: ["+CCLK: \"80/01/06,00:00:00\"", "+CCLK: \"26/13/01,00:00:00+00\"", "+CCLK: \"\"", "+CCLK: \"26/11/20,23:33:00+99\""])
    func `a clock that was never set tells nothing`(line: String) {
        #expect(NetworkTime(line: line) == nil)
    }

    @Test(arguments: [
        ("+CUSD: 0,\"Balance: 5, \"\"net\"\"\",15", USSDAnswer(status: .done, string: "Balance: 5, \"\"net\"\"", coding: 15)),
        ("+CUSD: 0, 49B41C, 15", USSDAnswer(status: .done, string: "49B41C", coding: 15)), ("+CUSD: 2", USSDAnswer(status: .endedByNetwork)),
        ("+CUSD: 1,\"1. Menu\"", USSDAnswer(status: .replyWanted, string: "1. Menu")),
        ("+CUSD: 0,\"\",0", USSDAnswer(status: .done, string: "", coding: 0)),
    ])
    func `a USSD answer is read with quotes inside, without quotes, without text`(line: String, expected: USSDAnswer) {
        #expect(USSDAnswer(line: line) == expected)
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

    @Test(arguments: [("+CMGL: 0,1,,2", "010002CC", true), ("+CMGL: 0,1,,2", "01000200", true), ("+CMGL: 0,1", "0002", true), ("+CMGL: 0,1,,3", "0100", false), ("+CMGR: 1,,3", "0100", false), ("+CMGR: 1,,1", "0010", true)])
    func `a stored message is whole when it has the octets that its header tells`(header: String, payload: String, isWhole: Bool) {
        #expect(StoredMessage(Reply.Line(header, payload: payload))?.isWhole == isWhole)
    }
}
