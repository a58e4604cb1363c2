import AT
import Exchange
import HomelineTesting
import Telephony
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct ReceivingTests {
    static let listed = "+CMGL: 3,0,,30\n\(hello)\nOK"

    @Test(arguments: ["+CMTI: \"SM\",-1", "+CMTI: \"SM\",70000", "+CMTI: \"SM\"", "^SMMEMFULL: \"SM\"", "*SMSFULL"])
    func `a place that cannot be right makes everything be looked through`(line: String) async throws {
        try await Rig().serve { rig in
            rig.modem.set("AT+CMGL=4", Self.listed, "OK")
            rig.modem.say(line)
            try await rig.until("the message is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
            let receipts = try await rig.receipts().count
            #expect(receipts == 1)
        }
    }

    @Test(arguments: ["+CMS ERROR: 321", "OK", "+CMGR: 0,,0\nOK"])
    func `a place that turns out empty makes everything be looked through`(answer: String) async throws {
        try await Rig().serve { rig in
            rig.modem.set("AT+CMGR=9", answer)
            rig.modem.set("AT+CMGL=4", Self.listed, "OK")
            rig.modem.say("+CMTI: \"SM\",9")
            try await rig.until("the message is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
        }
    }

    @Test func `an E3531 whose list lags behind its notification is asked again half a second later`() async throws {
        let modem = ScriptedModem(["AT+CGMI": "huawei\nOK", "AT+CGMM": "E3531\nOK", "AT+CNMI=1,1,0,2,0": "OK", "AT+CMGR=3": "+CMS ERROR: 321"])
        try await Rig(modem).serve { rig in
            rig.modem.set("AT+CMGL=4", "OK", Self.listed, "OK")
            let before = rig.time.elapsed
            rig.modem.say("+CMTI: \"SM\",3")
            try await rig.until("the message is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
            #expect(rig.time.elapsed - before == .milliseconds(500))
        }
    }

    @Test(arguments: [("OK", []), ("ERROR", [ModemTrunk.cutOffNotice])])
    func `a text that was cut off on the line is told to the owner, unless the network sends it again`(phase2: String, told: [String]) async throws {
        let modem = ScriptedModem(["AT+CSMS=1": phase2])
        try await Rig(modem, change: { $0.route = .direct }).serve { rig in
            rig.modem.say("+CMT: ,30")
            let before = rig.time.elapsed
            try await rig.until("it is given up") { rig.time.elapsed - before > .seconds(10) }
            #expect(rig.notices.all == told)
            #expect(rig.modem.count(of: "AT+CNMA=0") == 0)
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("the next one is recorded") { try await rig.receipts().count == 1 }
        }
    }

    @Test func `a place told twice is read once`() async throws {
        try await Rig().serve { rig in
            rig.modem.set("AT+CMGR=3", "+CMGR: 0,,30\n\(hello)\nOK", "+CMS ERROR: 321")
            rig.modem.say("+CMTI: \"SM\",3", "+CMTI: \"SM\",3")
            try await rig.until("the message is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
            try await rig.settle()
            let receipts2 = try await rig.receipts().count
            #expect(receipts2 == 1)
        }
    }

    @Test func `a message in another storage than the chosen one is fetched from there`() async throws {
        let modem = ScriptedModem(["AT+CPMS=\"ME\"": "+CPMS: 1,100,0,20,0,20\nOK", "AT+CPMS=\"SM\"": "+CPMS: 0,20,0,20,0,20\nOK"])
        try await Rig(modem).serve { rig in
            rig.modem.set("AT+CMGL=4", Self.listed, "OK")
            rig.modem.say("+CMTI: \"ME\",3")
            try await rig.until("the storage is left again") { rig.modem.commands.last == "AT+CPMS=\"SM\"" }
            let receipts3 = try await rig.receipts().map(\.place)
            #expect(receipts3 == ["ME/3"])
        }
    }

    @Test func `a modem that hands messages over is acknowledged after they are durable`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem, change: { $0.route = .direct }).serve { rig in
            #expect(modem.commands.contains("AT+CSMS=1"))
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("it is acknowledged") { rig.modem.count(of: "AT+CNMA=0") == 1 }
            let receipts4 = try await rig.receipts().map(\.place)
            #expect(receipts4 == ["direct"])
        }
    }

    @Test func `the same octets handed over again after the acknowledgement got lost are one receipt`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem, change: { $0.route = .direct }).serve { rig in
            rig.modem.unplug(after: 3)
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("it is unplugged in the middle of AT+CNMA") { await rig.trunk.status.phase != .serving }
            rig.modem.plug()
            try await rig.until("it is back") { await rig.trunk.status.phase == .serving }
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("it is acknowledged") { rig.modem.count(of: "AT+CNMA=0") == 1 }
            let receipts5 = try await rig.receipts().count
            #expect(receipts5 == 1)
        }
    }

    @Test(arguments: ["+CMS ERROR: 340", "ERROR"])
    func `an acknowledgement that was not expected changes nothing`(answer: String) async throws {
        let modem = ScriptedModem(["AT+CNMA=0": answer, "AT+CNMA": answer])
        try await Rig(modem, change: { $0.route = .direct }).serve { rig in
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("both forms were tried") { rig.modem.count(of: "AT+CNMA") == 1 }
            try await rig.settle()
            // Released: the same octets are now another message.
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("the second is recorded") { try await rig.receipts().count == 2 }
        }
    }

    @Test func `a modem kept waiting for its acknowledgement is told anew to notify`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem, ledger: fullLedger(refusals: 1), change: { $0.route = .direct }).serve { rig in
            modem.forget()
            modem.say("+CMT: ,30", hello)
            try await rig.until("the trouble shows") { await rig.health.state == .impaired }
            #expect(modem.count(of: "AT+CNMA=0") == 0)
            try await rig.until("it is acknowledged", within: .seconds(60)) { modem.count(of: "AT+CNMA=0") == 1 }
            #expect(modem.count(of: "AT+CNMI=2,2,0,2,0") == 1)
        }
    }

    @Test func `an acknowledgement that comes too late is none, and what the network then sends again is the same receipt`() async throws {
        let modem = ScriptedModem()
        modem.set("AT+CNMA=0", "+CMS ERROR: 340", "OK")
        try await Rig(modem, ledger: fullLedger(refusals: 1), change: { $0.route = .direct }).serve { rig in
            modem.say("+CMT: ,30", hello)
            try await rig.until("both forms were tried", within: .seconds(60)) { modem.count(of: "AT+CNMA") == 1 }
            try await rig.settle()
            modem.say("+CMT: ,30", hello)
            try await rig.until("it is acknowledged") { modem.count(of: "AT+CNMA=0") == 2 }
            let receipts = try await rig.receipts().count
            #expect(receipts == 1)
            try await rig.settle()
            // Released by that.
            modem.say("+CMT: ,30", hello)
            try await rig.until("the same octets are another message") { try await rig.receipts().count == 2 }
        }
    }

    @Test func `what could be recorded only when the cable was out was not acknowledged`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem, ledger: fullLedger(refusals: 1), change: { $0.route = .direct }).serve { rig in
            modem.say("+CMT: ,30", hello)
            try await rig.until("the trouble shows") { await rig.health.state == .impaired }
            modem.unplug()
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            try await rig.until("it is recorded") { try await rig.receipts().count == 1 }
            modem.plug()
            try await rig.until("it is back") { await rig.trunk.status.phase == .serving }
            try await rig.settle()
            modem.say("+CMT: ,30", hello)
            try await rig.until("it is acknowledged") { modem.count(of: "AT+CNMA=0") == 1 }
            let receipts = try await rig.receipts().count
            #expect(receipts == 1)
        }
    }

    @Test func `a SIMCom module is never acknowledged`() async throws {
        let modem = ScriptedModem(["AT+CGMM": "SIMCOM_SIM800C\nOK", "AT+CNMI=1,2,0,2,0": "OK"])
        try await Rig(modem, change: { $0.route = .direct }).serve { rig in
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("it is recorded") { try await rig.receipts().count == 1 }
            try await rig.settle()
            #expect(!rig.modem.commands.contains { $0.hasPrefix("AT+CNMA") || $0 == "AT+CSMS=1" })
        }
    }

    @Test(arguments: ["Modem 1", "SIMCOM_SIM800C"])
    func `what was handed over in the moment before the cable came out is kept`(model: String) async throws {
        let modem = ScriptedModem(["AT+CGMM": "\(model)\nOK", "AT+CNMI=1,2,0,2,0": "OK"])
        let held = HeldRecord()
        try await Rig(modem, ledger: InterceptedLedger(held), change: { $0.route = .direct }).serve { rig in
            rig.modem.say("+CMT: ,30", hello)
            try await rig.until("the first is being recorded") { held.isHeld }
            rig.modem.say("+CDS: 25", "0006010B911346610089F60000208062917314080000")
            rig.modem.unplug()
            try await rig.settle()
            held.letGo()
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            try await rig.settle()
            let receipts = try await rig.receipts().count
            #expect(receipts == 2)
        }
    }

    @Test(arguments: ["+CDS: 25", "+CDS: ,25"])
    func `a status report handed over directly is a receipt, with ZTE's comma too`(header: String) async throws {
        try await Rig().serve { rig in
            rig.modem.say(header, "0006010B911346610089F60000208062917314080000")
            try await rig.until("it is recorded") { try await rig.receipts().count == 1 }
        }
    }

    @Test func `a status report in a storage of its own is fetched from there`() async throws {
        let modem = ScriptedModem([
            "AT+CPMS=?": "+CPMS: (\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")\nOK", "AT+CPMS=\"SR\"": "+CPMS: 1,5,0,20,0,20\nOK",
            "AT+CPMS=\"SM\"": "+CPMS: 0,20,0,20,0,20\nOK",
        ])
        try await Rig(modem).serve { rig in
            try await rig.until("the first look is over") { rig.modem.commands.last == "AT+CPMS=\"SM\"" }
            rig.modem.set("AT+CMGL=4", "+CMGL: 1,1,,25\n0006010B911346610089F60000208062917314080000\nOK", "OK")
            rig.modem.say("+CDSI: \"SR\",1")
            try await rig.until("it is deleted") { rig.modem.count(of: "AT+CMGD=1") == 1 }
            let receipts6 = try await rig.receipts().map(\.place)
            #expect(receipts6 == ["SR/1"])
        }
    }

    @Test func `a full storage is emptied, and the network goes on`() async throws {
        let modem = ScriptedModem()
        let full = (0..<20).map { "+CMGL: \($0),1,,30\n\(hello)" }.joined(separator: "\n") + "\nOK"
        try await Rig(modem).serve { rig in
            rig.modem.set("AT+CMGL=4", full, "OK")
            rig.modem.set("AT+CPMS?", "+CPMS: \"SM\",20,20,\"SM\",20,20,\"SM\",20,20\nOK", "+CPMS: \"SM\",0,20,\"SM\",0,20,\"SM\",0,20\nOK")
            // No notification comes from a full modem: the minute's look finds it.
            try await rig.until("it is emptied", within: .seconds(90)) { rig.modem.count(of: "AT+CMGD=19") == 1 }
            try await rig.until("it is well again") { await rig.health.state == .working }
            let receipts7 = try await rig.receipts().count
            #expect(receipts7 == 20)
        }
    }

    @Test func `a storage full of drafts is told to its owner`() async throws {
        let modem = ScriptedModem(["AT+CPMS?": "+CPMS: \"SM\",20,20,\"SM\",20,20,\"SM\",20,20\nOK", "AT+CMGL=4": "+CMGL: 0,2,,30\n\(hello)\nOK"])
        try await Rig(modem).serve { rig in
            try await rig.until("the owner is told", within: .seconds(120)) { !rig.notices.all.isEmpty }
            #expect(rig.notices.all[0].hasPrefix("The modem's message storage is full of messages that Homeline may not delete"))
            #expect(await rig.health.summary == "The modem's message storage is full: new texts wait in the network.")
            #expect(!rig.modem.commands.contains { $0.hasPrefix("AT+CMGD") })
        }
    }

    @Test func `what the ledger refuses stays in the modem until the ledger takes it`() async throws {
        let modem = ScriptedModem(["AT+CMGL=4": Self.listed])
        try await Rig(modem, ledger: fullLedger(refusals: 2)).serve { rig in
            try await rig.until("the trouble shows") { await rig.health.state == .impaired }
            #expect(await rig.health.summary == "Texts stay in the modem: The ledger takes no writes: disk full.")
            #expect(rig.modem.count(of: "AT+CMGD=3") == 0)
            try await rig.until("it is taken", within: .seconds(120)) { rig.modem.count(of: "AT+CMGD=3") == 1 }
            #expect(await rig.health.state == .working)
        }
    }

    @Test func `a message that could not be deleted is not received twice`() async throws {
        let modem = ScriptedModem(["AT+CMGL=4": Self.listed])
        modem.set("AT+CMGD=3", "ERROR", "OK")
        try await Rig(modem).serve { rig in
            try await rig.until("deleting was tried") { rig.modem.count(of: "AT+CMGD=3") == 1 }
            rig.modem.say("+CMTI: \"SM\",-1")
            try await rig.until("it is deleted") { rig.modem.count(of: "AT+CMGD=3") == 2 }
            let receipts8 = try await rig.receipts().count
            #expect(receipts8 == 1)
        }
    }

    @Test(arguments: 1...24)
    func `a dump with notifications in it is read however the line cuts it`(size: Int) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.cut(into: size)
            modem.set(
                "AT+CMGL=4", "+CMGL: 1,1,,30\n^RSSI:12\n\(hello)\n+CMTI: \"SM\",-1\n+CMGL: 2,1,,30\nRING\n\(world)\n^BOOT:1,0,0,0,6\nOK", "OK")
            modem.say("+CMTI: \"SM\",-1")
            try await rig.until("both are deleted") { modem.count(of: "AT+CMGD=2") == 1 }
            let receipts9 = try await rig.receipts().count
            #expect(receipts9 == 2)
        }
    }

    @Test func `a storm of notifications costs nothing and hides no message`() async throws {
        try await Rig().serve { rig in
            rig.modem.set("AT+CMGR=3", "+CMGR: 0,,30\n\(hello)\nOK")
            for _ in 0..<2000 { rig.modem.say("^BOOT:12345,0,0,0,6", "^RSSI:17") }
            rig.modem.say("+CMTI: \"SM\",3")
            try await rig.until("it is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
        }
    }

    @Test func `noise and a line without end lose nothing`() async throws {
        try await Rig().serve { rig in
            rig.modem.say(String(repeating: "x", count: 1 << 20))
            rig.modem.set("AT+CMGR=3", "+CMGR: 0,,30\n\(hello)\nOK")
            rig.modem.say("\0\0+CM\0TI: \"SM\",3")
            try await rig.until("it is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
        }
    }
}
