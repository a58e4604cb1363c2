import Testing

@testable import AT

@Suite struct UnsolicitedTests {
    @Test(
        arguments: [
            ("+CMTI: \"SM\",3", .messageStored(storage: "SM", index: 3)), ("+CMTI: \"SM\",-1", .messageStored(storage: "SM", index: -1)),
            ("+CDSI: \"SR\",1", .reportStored(storage: "SR", index: 1)), ("^SMMEMFULL: \"SM\"", .storageFull), ("*SMSFULL", .storageFull),
            ("RING", .call("RING")), ("^CEND:1,0,104,16", .call("^CEND:1,0,104,16")), ("RDY", .restarted("RDY")),
            ("+CFUN: 1", .restarted("+CFUN: 1")),
            ("^BOOT:12345,0,0,0,6", .other("^BOOT:12345,0,0,0,6")), ("^MODE:5,4", .other("^MODE:5,4")),
            ("+CREG: 5", .registration(Registration(status: .roaming))),
            ("+CPIN: NOT INSERTED", .sim(.absent)), ("^RSSI:17", .signal(SignalReading(rssi: -79))), ("Call Ready", .other("Call Ready")),
            ("490154203237518", nil), ("huawei", nil), ("0791", nil),
        ] as [(String, Unsolicited?)])
    func `what a modem says by itself is told apart from answers`(line: String, expected: Unsolicited?) {
        #expect(Unsolicited(line: line) == expected)
    }
}
