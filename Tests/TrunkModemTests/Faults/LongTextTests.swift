import Exchange
import Messaging
import Simulator
import Telephony
import Testing

@testable import TrunkModem

/// R17: long texts over a card with little room.
@Suite(.timeLimit(.minutes(10))) struct LongTextTests {
    @Test func `a text of 255 segments comes through a card with five places, whole`() async throws {
        let text = String(repeating: "Two hundred and fifty-five segments. ", count: 1_054) + "The end."
        try await VirtualModemTests.World(.generic).run { world in
            await world.host.inject(.capacity(.card, 5), into: VirtualModemTests.number)
            try await world.host.text(from: "+15550123", to: VirtualModemTests.number, text)
            try await world.until("all segments are recorded", patience: .seconds(60)) { try await world.ledger.unreadReceipts(line: "home").count == 255 }
            let numbers = try #require(NumberPlan(country: "US"))
            let receipts = try await world.ledger.unreadReceipts(line: "home")
            let found = SMSInterpreter(numbers: numbers).interpret(receipts, now: receipts[0].receivedAt)
            guard found.count == 1, case .message(let content) = found[0].meaning else { throw Unexpected("\(found.count) meanings") }
            #expect(content.parts.compactMap(\.text) == [text])
        }
    }

    @Test func `segments of a text that is not whole do not fill the card`() async throws {
        let modem = ScriptedModem()
        let full = (0..<20).map { "+CMGL: \($0),1,,30\n\(hello)" }.joined(separator: "\n") + "\nOK"
        try await Rig(modem).serve { rig in
            modem.set("AT+CMGL=4", full, "OK")
            modem.set("AT+CPMS?", "+CPMS: \"SM\",20,20,\"SM\",20,20,\"SM\",20,20\nOK", "+CPMS: \"SM\",0,20,\"SM\",0,20,\"SM\",0,20\nOK")
            modem.say("^SMMEMFULL: \"SM\"")
            try await rig.until("it is emptied", within: .seconds(5)) { (0..<20).allSatisfy { modem.count(of: "AT+CMGD=\($0)") == 1 } }
            let kept = try await rig.receipts().count
            #expect(kept == 20)
        }
    }

    /// What the line spoils is read again; what stays unreadable is kept as it was written, and the place is free.
    @Test(arguments: ["07911326040000F0040B911346610089F600002080629173140", "NO PDU AT ALL", "0791 1326"])
    func `a place that holds no PDU is kept raw and emptied`(junk: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.set("AT+CMGR=3", "+CMGR: 1,,30\n\(junk)\nOK")
            modem.set("AT+CMGL=4", "+CMGL: 3,1,,30\n\(junk)\n+CMGL: 4,1,,30\n\(hello)\nOK", "OK")
            modem.say("+CMTI: \"SM\",-1")
            try await rig.until("both are deleted") { modem.count(of: "AT+CMGD=3") == 1 && modem.count(of: "AT+CMGD=4") == 1 }
            let receipts = try await rig.receipts()
            #expect(receipts.map(\.format) == [.modemLine, .modemPDU])
            #expect(String(decoding: receipts[0].octets, as: UTF8.self) == junk)
            let numbers = try #require(NumberPlan(country: "US"))
            guard case .undecodable = SMSInterpreter(numbers: numbers).interpret([receipts[0]], now: rig.time.wall)[0].meaning else {
                throw Unexpected("understood")
            }
        }
    }

    @Test(arguments: [String(hello.dropLast()), String(hello.dropLast(8))])
    func `a PDU that the line spoilt is read again`(spoilt: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.set("AT+CMGL=4", "+CMGL: 3,1,,30\n\(spoilt)\nOK", "OK")
            modem.set("AT+CMGR=3", "+CMGR: 1,,30\n\(hello)\nOK")
            modem.say("+CMTI: \"SM\",-1")
            try await rig.until("it is deleted") { modem.count(of: "AT+CMGD=3") == 1 }
            let receipts = try await rig.receipts()
            #expect(receipts.map(\.format) == [.modemPDU])
            #expect(receipts.first?.octets.count == hello.utf8.count / 2)
        }
    }

    @Test func `a message handed over directly that is no PDU is kept raw and acknowledged`() async throws {
        try await Rig(change: { $0.route = .direct }).serve { rig in
            rig.modem.say("+CMT: ,30", String(hello.dropLast()))
            try await rig.until("it is acknowledged") { rig.modem.count(of: "AT+CNMA=0") == 1 }
            let receipts = try await rig.receipts()
            #expect(receipts.map(\.format) == [.modemLine])
        }
    }
}
