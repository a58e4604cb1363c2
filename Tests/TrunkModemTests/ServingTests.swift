import AT
import Exchange
import Store
import Telephony
import Testing

@testable import TrunkModem

/// A real DELIVER: "hellohello" from +46708251358.
let hello = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"
let world = "07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07"

@Suite(.timeLimit(.minutes(10))) struct ServingTests {
    @Test func `a modem is set up and its state told`() async throws {
        try await Rig().serve { rig in
            let health = await rig.health
            #expect(health.state == .working)
            #expect(health.summary == "Registered at home (Acme Mobile).")
            #expect(health.facts["signal"] == "-79 dBm")
            #expect(health.facts["imei"] == "490154203237518")
            #expect(health.facts["number"] == "+15550100100")
            #expect(health.facts["technology"] == "3G")
            let lines = try await rig.ledger.lines()
            #expect(lines.first?.facts.carrier == "Acme Mobile")
        }
    }

    @Test func `another SIM than before is told, and has not the number of the one before`() async throws {
        let ledger = MemoryLedger()
        try await ledger.update(Line(id: "home", facts: LineFacts(number: "+15550100100", imsi: "310150123456789")))
        try await Rig(ledger: ledger).serve { rig in
            #expect(rig.notices.all.isEmpty)
            rig.modem.set("AT+CIMI", "310150987654321\nOK")
            rig.modem.set("AT+CNUM", "OK")
            rig.modem.unplug()
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            rig.modem.plug()
            try await rig.until("the other SIM is known") { try await rig.ledger.lines().first?.facts.imsi == "310150987654321" }
            #expect(rig.notices.all.contains(ModemTrunk.anotherSIMNotice))
            let number = try await rig.ledger.lines().first?.facts.number
            #expect(number == nil)
        }
    }

    @Test func `a SIM that once did not say which it is has no other's number, and is compared with the one before when it says`() async throws {
        try await Rig().serve { rig in
            for (answer, imsi, number) in [
                ("+CME ERROR: 14", "310150123456789", nil), ("310150987654321\nOK", "310150987654321", nil),
                ("310150123456789\nOK", "310150123456789", "+15550100100"),
            ] as [(String, String, String?)] {
                rig.modem.set("AT+CIMI", answer)
                rig.modem.set("AT+CNUM", number.map { "+CNUM: ,\"\($0)\",145\nOK" } ?? "OK")
                rig.modem.unplug()
                try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
                rig.modem.plug()
                try await rig.until("it is known") {
                    let facts = try await rig.ledger.lines().first?.facts
                    return facts?.imsi == imsi && facts?.number == number
                }
            }
            #expect(rig.notices.all.count { $0 == ModemTrunk.anotherSIMNotice } == 2)
        }
    }

    @Test func `a stored message is durable before it is deleted, and deleted`() async throws {
        try await Rig().serve { rig in
            rig.modem.set("AT+CMGR=3", "+CMGR: 0,,30\n\(hello)\nOK")
            rig.modem.say("+CMTI: \"SM\",3")
            try await rig.until("it is deleted") { rig.modem.count(of: "AT+CMGD=3") == 1 }
            let receipts = try await rig.receipts()
            #expect(receipts.map(\.place) == ["SM/3"])
        }
    }

    @Test func `messages that came while nobody listened are fetched at the start`() async throws {
        let modem = ScriptedModem(["AT+CMGL=4": "+CMGL: 0,1,,30\n\(hello)\n+CMGL: 4,0,,30\n\(world)\n+CMGL: 5,3,,30\n\(world)\nOK"])
        try await Rig(modem).serve { rig in
            try await rig.until("they are deleted") { rig.modem.count(of: "AT+CMGD=4") == 1 }
            let receipts = try await rig.receipts()
            #expect(receipts.count == 2)
            #expect(rig.modem.count(of: "AT+CMGD=0") == 1)
            #expect(rig.modem.count(of: "AT+CMGD=5") == 0, "a copy of a sent message is not ours to delete")
        }
    }

    @Test func `a text leaves after the journal knows, and the modem's reference is noted`() async throws {
        try await Rig().serve { rig in
            let journal = Journal(look: { #expect(rig.modem.pdus.isEmpty) })
            let outcome = try await rig.send("hello", journal: journal)
            #expect(outcome == .accepted(reference: "1"))
            #expect(journal.entries == [.willSubmit(0, of: 1), .accepted(0, "1")])
            #expect(rig.modem.pdus.count == 1)
        }
    }
}
