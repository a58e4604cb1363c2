import AT
import Exchange
import HomelineTesting
import Runtime
import Store
import Telephony
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct RecoveryTests {
    @Test func `a modem that is unplugged and returns goes on, and its owner hears of it only when it takes long`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.unplug()
            try await rig.until("it is gone") { await rig.health.state == .down }
            #expect(await rig.health.summary == "The modem cannot be reached: it was unplugged or its connection ended.")
            modem.plug()
            try await rig.until("it is back") { await rig.health.state == .working }
            #expect(rig.notices.all == [])
            try await rig.until("it has served a while") { rig.modem.count(of: "AT+CPMS?") >= 3 }
            modem.unplug()
            try await rig.until("the owner is told", within: .seconds(60)) { !rig.notices.all.isEmpty }
            #expect(await rig.health.summary == "The modem cannot be reached: /dev/ttyUSB0 is not there.")
            modem.plug()
            try await rig.until("the owner is told again", within: .seconds(120)) { rig.notices.all.count == 2 }
            #expect(
                rig.notices.all == ["The modem cannot be reached: /dev/ttyUSB0 is not there. Texts wait until it is back.", "The modem is back."])
        }
    }

    @Test func `a modem that was away for long is opened as soon as it is plugged in, also before it may be opened`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.unplug()
            try await rig.until("it is tried every half minute") { rig.time.elapsed > .seconds(120) }
            modem.deny(times: 2)
            modem.plug()
            let plugged = rig.time.elapsed
            try await rig.until("it is back") { await rig.health.state == .working }
            #expect(rig.time.elapsed - plugged < .seconds(4))
        }
    }

    @Test func `messages that came while the modem was away are fetched at its return`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.unplug()
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            modem.set("AT+CMGL=4", ReceivingTests.listed, "OK")
            modem.plug()
            try await rig.until("the message is deleted") { modem.count(of: "AT+CMGD=3") == 1 }
            let receipts = try await rig.receipts().count
            #expect(receipts == 1)
        }
    }

    @Test func `a modem known by its IMEI is found under another name`() async throws {
        let modem = ScriptedModem()
        let imei = try #require(ModemAddress("imei:490154203237518"))
        try await Rig(modem, address: imei).serve { rig in
            modem.unplug()
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            modem.move(to: "/dev/ttyUSB3")
            modem.plug()
            try await rig.until("it is back") { await rig.health.state == .working }
            #expect(await rig.health.facts["device"] == "/dev/ttyUSB3")
        }
    }

    @Test func `a module that finds the line's speed from the first commands is waited for`() async throws {
        let modem = ScriptedModem(["AT+CGMM": "SIMCOM_SIM800C\nOK"])
        modem.set("AT", "…", "…", "OK")
        try await Rig(modem).serve { rig in
            #expect(rig.modem.openings == 1)
        }
    }

    @Test func `another modem than the one with the IMEI is left alone`() async throws {
        let modem = ScriptedModem(["AT+CGSN": "353914020000017\nOK"])
        let imei = try #require(ModemAddress("imei:490154203237518"))
        try await Rig(modem, address: imei).run { rig in
            try await rig.until("it is told", within: .seconds(120)) { !rig.notices.all.isEmpty }
            #expect(
                rig.notices.all == [
                    "The modem cannot be reached: none of the 1 serial devices answers with IMEI 490154203237518. Texts wait until it is back."
                ])
            #expect(!modem.commands.contains("AT+CMGF=0"))
        }
    }

    @Test func `a hung modem is reopened, then restarted, then its owner is asked to replug it`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            modem.silence()
            try await rig.until("it is found out", within: .seconds(60)) { await rig.health.state == .down }
            #expect(await rig.health.summary == "The modem cannot be reached: it answers nothing.")
            try await rig.until("it is restarted", within: .seconds(120)) { modem.commands.contains("AT+CFUN=1,1") }
            try await rig.until("the owner is told", within: .seconds(300)) { !rig.notices.all.isEmpty }
            #expect(rig.notices.all == ["The modem answers nothing and a restart did not help. Unplug it, wait ten seconds and plug it in again."])
            modem.speak()
            try await rig.until("it is back", within: .seconds(300)) { await rig.health.state == .working }
        }
    }

    @Test func `a text during a hang is not sent and not lost`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.silence()
            guard case .deferred = try await rig.send("hello") else { throw Unexpected("not deferred") }
            #expect(modem.pdus.isEmpty)
        }
    }

    @Test(arguments: ["RDY", "SMS Ready", "^SYSSTART"])
    func `a modem that restarted by itself is set up anew`(banner: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            modem.say(banner)
            try await rig.until("it is set up") { modem.count(of: "AT+CMGF=0") == 1 }
            try await rig.until("it serves") { await rig.health.state == .working }
        }
    }

    @Test func `a modem that keeps restarting has a weak supply`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            for start in 1...4 {
                modem.say("RDY")
                try await rig.until("it is set up") { modem.count(of: "AT+CMGF=0") == 1 + start }
                try await rig.until("it serves") { await rig.trunk.status.phase == .serving }
            }
            #expect(rig.notices.all == ["The modem keeps restarting by itself. Give it a stronger power supply or a powered USB hub."])
            #expect(modem.openings == 1)
        }
    }

    @Test func `a SIM that is taken out is told at once`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.set("AT+CPIN?", "+CME ERROR: 10")
            modem.say("+CPIN: NOT INSERTED")
            try await rig.until("it is told", within: .seconds(1)) { !rig.notices.all.isEmpty }
            #expect(rig.notices.all == ["There is no SIM in the modem, or it is not in its place."])
            #expect(await rig.health.state == .down)
        }
    }

    @Test func `banners that follow the PIN are no restart`() async throws {
        let modem = PINTests.locked(["AT+CPIN=\"1234\"": "OK"])
        modem.set("AT+CPIN?", "+CPIN: SIM PIN\nOK", "+CPIN: READY\nOK")
        try await Rig(modem, change: { $0.pin = "1234" }).serve { rig in
            modem.forget()
            modem.say("Call Ready", "SMS Ready")
            try await rig.settle()
            #expect(modem.count(of: "AT+CMGF=0") == 0)
        }
    }

    @Test(arguments: [
        ("+CREG: 2,2\nOK", Health.State.impaired, "Searching for a network. Check the antenna and the place."),
        ("+CREG: 2,3\nOK", .impaired, "The network refuses this SIM. Is it active and paid for?"),
        ("+CREG: 2,5\nOK", .working, "Registered, roaming (Acme Mobile)."),
        ("+CREG: 2,8\nOK", .impaired, "Emergency calls only: no network takes this SIM here."),
        ("ERROR", .working, "Ready (Acme Mobile); the modem does not tell its registration."),
    ])
    func `registration is told as it is`(answer: String, state: Health.State, summary: String) async throws {
        try await Rig(ScriptedModem(["AT+CREG?": answer])).serve { rig in
            let health = await rig.health
            #expect(health.state == state && health.summary == summary)
        }
    }

    @Test func `texts wait while there is no network and leave when it is back`() async throws {
        let modem = ScriptedModem(["AT+CREG?": "+CREG: 2,2\nOK"])
        try await Rig(modem).serve { rig in
            let outcome = try await rig.send("hello")
            #expect(outcome == .deferred(Failure(.unreachable, "Searching for a network. Check the antenna and the place."), until: .distantFuture))
            modem.set("AT+CREG?", "+CREG: 2,1\nOK")
            modem.say("+CREG: 1")
            try await rig.until("it is registered", within: .seconds(5)) { await rig.trunk.status.canSend }
            let outcome2 = try await rig.send("hello")
            #expect(outcome2 == .accepted(reference: "1"))
        }
    }

    @Test func `that the line is back is told until the ledger takes it`() async throws {
        let ledger = WatchedLedger(MemoryLedger())
        ledger.refuse(.expediteLine, times: 2, .full("disk full"))
        try await Rig(ledger: ledger).serve { rig in
            try await rig.until("it is taken", within: .seconds(120)) { ledger.counts[.expediteLine] ?? 0 >= 3 }
            try await rig.until("all is well", within: .seconds(60)) { await rig.health.state == .working }
        }
    }

    @Test func `what is put off just as the line comes back is told of once more, since it may be noted late`() async throws {
        let ledger = WatchedLedger(MemoryLedger())
        let modem = ScriptedModem(["AT+CREG?": "+CREG: 2,2\nOK"])
        try await Rig(modem, ledger: ledger).serve { rig in
            _ = try await rig.send("hello")
            #expect(ledger.counts[.expediteLine] == nil)
            modem.set("AT+CREG?", "+CREG: 2,1\nOK")
            modem.say("+CREG: 1")
            try await rig.until("it is told twice", within: .seconds(120)) { ledger.counts[.expediteLine] == 2 }
            let end = rig.time.elapsed + .seconds(300)
            try await rig.until("time passes") { rig.time.elapsed > end }
            #expect(ledger.counts[.expediteLine] == 2)
        }
    }

    @Test func `a modem that goes from one registration to another can send all the while`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            modem.set("AT+CREG?", "+CREG: 2,0\nOK")
            modem.set("AT+CEREG?", "…")
            modem.say("+CREG: 0")
            try await rig.until("the last is being asked for", within: .seconds(5)) { modem.count(of: "AT+CEREG?") == 1 }
            #expect(await rig.trunk.status.canSend)
        }
    }

    @Test func `the ladder reopens, restarts and tells, and forgets when all is well`() {
        var ladder = RecoveryLadder()
        #expect(ladder.next(after: .hung).step == .reopen(after: .seconds(1)))
        #expect(ladder.next(after: .hung).step == .restart(after: .seconds(2)))
        let third = ladder.next(after: .hung)
        #expect(third.step == .reopen(after: .seconds(4)) && third.notice != nil)
        let recoveries = [ladder.recovered(), ladder.recovered()]
        #expect(recoveries == [true, false])
        for _ in 0..<20 { _ = ladder.next(after: .absent("x")) }
        #expect(ladder.next(after: .absent("x")).step == .reopen(after: .seconds(30)))
        ladder.pluggedIn()
        let anew = ladder.next(after: .absent("x"))
        #expect(anew.step == .reopen(after: .seconds(1)) && anew.notice != nil)
    }
}
