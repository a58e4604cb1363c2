import AT
import Exchange
import Kinds
import Synchronization
import Telephony
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct CareTests {
    @Test func `a typed PIN opens the SIM at once, and is tried once`() async throws {
        let modem = PINTests.locked(["AT+CPIN=\"1234\"": "OK"])
        modem.set("AT+CPIN?", "+CPIN: SIM PIN\nOK", "+CPIN: SIM PIN\nOK", "+CPIN: READY\nOK")
        try await Rig(modem).run { rig in
            try await rig.until("it is blocked") { await rig.trunk.status.phase == .blocked(.pin(.noneConfigured)) }
            #expect(await rig.trunk.wantedPIN() == PINRequest(triesLeft: 3))
            let isOver = Flag()
            let entering = rig.begin {
                defer { isOver.set() }
                try await rig.trunk.enter(pin: "1234")
            }
            // Whoever enters it looks again from time to time: time passes until they have seen it.
            try await rig.until("the modem serves, and who entered it knows") { await rig.trunk.status.phase == .serving && isOver.isSet }
            try await entering.value
            #expect(modem.count(of: "AT+CPIN=\"1234\"") == 1)
            #expect(await rig.trunk.wantedPIN() == nil)
            await #expect(throws: Failure(.refused, "the SIM does not wait for a PIN")) { try await rig.trunk.enter(pin: "1234") }
        }
    }

    @Test func `a wrong one is told with what is left, never tried again, and the last try is kept`() async throws {
        let modem = PINTests.locked(["AT+CPIN=\"1111\"": "+CME ERROR: 16", "AT+CPIN=\"2222\"": "+CME ERROR: 16"])
        modem.set("AT+CPINR", "+CPINR: SIM PIN,3,3\nOK", "+CPINR: SIM PIN,3,3\nOK", "+CPINR: SIM PIN,2,3\nOK", "+CPINR: SIM PIN,2,3\nOK", "+CPINR: SIM PIN,1,3\nOK")
        try await Rig(modem).run { rig in
            try await rig.until("it is blocked") { await rig.trunk.status.phase == .blocked(.pin(.noneConfigured)) }
            #expect(await refusal(rig, "12") == "a PIN has 4 to 8 digits")
            #expect(await refusal(rig, "1111") == "the SIM refused this PIN; 2 tries are left")
            #expect(await refusal(rig, "1111") == "the SIM refused this PIN before, so it is not tried again")
            #expect(modem.count(of: "AT+CPIN=\"1111\"") == 1)
            #expect(await refusal(rig, "2222") == "the SIM refused this PIN; 1 tries are left" || modem.count(of: "AT+CPIN=\"2222\"") <= 1)
            modem.set("AT+CPINR", "+CPINR: SIM PIN,1,3\nOK")
            #expect(await refusal(rig, "3333") == "only 1 tries are left, and the last is kept; enter it in a phone")
            #expect(modem.count(of: "AT+CPIN=\"3333\"") == 0)
        }
    }

    @Test func `who goes away while a PIN is tried keeps nobody busy`() async throws {
        let modem = PINTests.locked([:])
        try await Rig(modem).run { rig in
            try await rig.until("it is blocked") { await rig.trunk.status.phase == .blocked(.pin(.noneConfigured)) }
            let entering = rig.begin { try await rig.trunk.enter(pin: "1234") }
            entering.cancel()
            // No time passes here.
            _ = try? await entering.value
            #expect(await rig.trunk.status.phase != .serving)
        }
    }

    /// Why it was not taken, once time has passed as it must.
    private func refusal(_ rig: Rig, _ pin: String) async -> String? {
        let isOver = Flag()
        let entering = rig.begin { () -> String? in
            defer { isOver.set() }
            do throws(Failure) {
                try await rig.trunk.enter(pin: pin)
                return nil
            } catch {
                return error.detail
            }
        }
        do {
            try await rig.until("it is decided", within: .seconds(60)) { isOver.isSet }
        } catch {
            entering.cancel()
        }
        return try? await entering.value
    }

    @Test func `a probe asks the modem now`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            let before = modem.count(of: "AT+CSQ")
            let words = try await rig.trunk.probe()
            #expect(words.hasPrefix("The modem answers."))
            #expect(modem.count(of: "AT") >= 1 && modem.count(of: "AT+CSQ") > before)
        }
    }

    @Test func `a restart has the modem start anew and serve again`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            try await rig.trunk.restart()
            try await rig.until("it was told to start anew") { modem.commands.contains { $0.contains("AT+CFUN=1,1") } }
            try await rig.until("it serves again") { await rig.trunk.status.phase == .serving }
            #expect(await rig.health.facts["restarts"] == "1")
        }
    }

    @Test func `nothing can be done to a modem that is away`() async throws {
        let rig = try Rig(ScriptedModem())
        await #expect(throws: Failure.self) { _ = try await rig.trunk.probe() }
        await #expect(throws: Failure.self) { try await rig.trunk.restart() }
        await #expect(throws: Failure.self) { try await rig.trunk.enter(pin: "1234") }
        #expect(await rig.trunk.wantedPIN() == nil)
    }
}

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
