import AT
import Exchange
import Glibc
import Telephony
import Testing

@testable import Kinds
@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct PINTests {
    @Test(
        arguments: [
            (nil, PINTries(pin: 3), false, .refuse(.noneConfigured)), ("1234", PINTries(pin: 3), false, .send),
            ("1234", PINTries(pin: 2), false, .refuse(.fewTries(2))),
            ("1234", nil, false, .send), ("1234", nil, true, .refuse(.failedBefore)), ("1234", PINTries(pin: 3), true, .refuse(.failedBefore)),
            ("12", PINTries(pin: 3), false, .refuse(.malformed)), ("1234\r", PINTries(pin: 3), false, .refuse(.malformed)),
        ] as [(String?, PINTries?, Bool, PINGuard.Verdict)])
    func `the guard lets a PIN through only when nothing is risked`(pin: String?, tries: PINTries?, hasFailed: Bool, verdict: PINGuard.Verdict) {
        #expect(PINGuard.verdict(pin: pin, tries: tries, hasFailedBefore: hasFailed) == verdict)
    }

    static func locked(_ more: [String: String] = [:]) -> ScriptedModem {
        ScriptedModem(["AT+CPIN?": "+CPIN: SIM PIN\nOK", "AT+CPINR": "+CPINR: SIM PIN,3,3\nOK"].merging(more) { $1 })
    }

    @Test func `the right PIN opens the SIM`() async throws {
        let modem = Self.locked(["AT+CPIN=\"1234\"": "OK"])
        modem.set("AT+CPIN?", "+CPIN: SIM PIN\nOK", "+CME ERROR: 14", "+CPIN: READY\nOK")
        try await Rig(modem, change: { $0.pin = "1234" }).serve { rig in
            #expect(rig.modem.count(of: "AT+CPIN=\"1234\"") == 1)
            #expect(await rig.health.state == .working)
            #expect(rig.notices.all == [])
        }
    }

    @Test func `a wrong PIN is sent once, told, and never again, not even by a new run`() async throws {
        let memory = VolatileRefusedSecrets()
        let modem = Self.locked(["AT+CPIN=\"1234\"": "+CME ERROR: 16"])
        modem.set("AT+CPINR", "+CPINR: SIM PIN,3,3\nOK", "+CPINR: SIM PIN,2,3\nOK")
        try await Rig(modem, memory: memory, change: { $0.pin = "1234" }).run { rig in
            try await rig.until("the owner is told") { !rig.notices.all.isEmpty }
            #expect(
                rig.notices.all == [
                    "The SIM refused the configured PIN; 2 tries are left and none will be used. Correct the PIN in the configuration."
                ])
            try await rig.until("it has looked again", within: .seconds(600)) { rig.modem.count(of: "AT+CPIN?") >= 8 }
            #expect(rig.modem.count(of: "AT+CPIN=\"1234\"") == 1)
            #expect(await rig.health.state == .down)
        }
        // The counter of this make cannot be read: only the memory stands in the way.
        modem.set("AT+CPINR", "ERROR")
        try await Rig(modem, memory: memory, change: { $0.pin = "1234" }).run { rig in
            try await rig.until("it is blocked") { await rig.trunk.status.phase == .blocked(.pin(.failedBefore)) }
            #expect(rig.modem.count(of: "AT+CPIN=\"1234\"") == 1)
        }
        // Another PIN is another matter.
        modem.set("AT+CPIN=\"4321\"", "OK")
        modem.set("AT+CPIN?", "+CPIN: SIM PIN\nOK", "+CPIN: READY\nOK")
        try await Rig(modem, memory: memory, change: { $0.pin = "4321" }).serve { rig in
            #expect(rig.modem.count(of: "AT+CPIN=\"4321\"") == 1)
        }
    }

    @Test(arguments: [
        (
            "+CPIN: SIM PIN\nOK", "+CPINR: SIM PIN,2,3\nOK",
            "The SIM takes only 2 more wrong PINs, so none is sent. Enter the right one in a phone once, then put it into the configuration."
        ),
        ("+CPIN: SIM PUK\nOK", "ERROR", "The SIM is locked and asks for its PUK. Put it into a phone and enter the PUK from its card."),
        ("+CME ERROR: 10", "ERROR", "There is no SIM in the modem, or it is not in its place."),
        ("+CME ERROR: SIM failure", "ERROR", "The modem cannot read the SIM (SIM failure). Take it out, clean it and put it back."),
        (
            "+CPIN: PH-NET PIN\nOK", "ERROR",
            "The modem is locked to another operator or device (PH-NET PIN). It must be unlocked before it takes this SIM."
        ),
        ("+CME ERROR: 14", "ERROR", "The modem cannot read the SIM (it does not become ready). Take it out, clean it and put it back."),
    ])
    func `what stands in the way is told in words, and no PIN is sent`(state: String, tries: String, sentence: String) async throws {
        let modem = ScriptedModem(["AT+CPIN?": state, "AT+CPINR": tries])
        try await Rig(modem, change: { $0.pin = "1234" }).run { rig in
            try await rig.until("the owner is told") { !rig.notices.all.isEmpty }
            #expect(rig.notices.all == [sentence])
            let health = await rig.health
            #expect(health.state == .down && health.summary == sentence)
            #expect(!rig.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
            let outcome = try await rig.send("hello")
            #expect(outcome == .deferred(Failure(.unreachable, sentence), until: .distantFuture))
        }
    }

    @Test func `a SIM put in later brings the line up`() async throws {
        let modem = ScriptedModem()
        modem.set("AT+CPIN?", "+CME ERROR: 10", "+CME ERROR: 10", "+CPIN: READY\nOK")
        try await Rig(modem).serve { rig in
            #expect(rig.notices.all == ["There is no SIM in the modem, or it is not in its place.", "The SIM is ready."])
        }
    }

    @Test func `a directory remembers over restarts, and holds no PIN`() throws {
        let directory = "/tmp/pin-memory-\(UInt64.random(in: 0...UInt64.max))"
        try #require(mkdir(directory, 0o700) == 0)
        defer { rmdir(directory) }
        let attempt = SecretAttempt("1234", of: "490154203237518")
        let other = SecretAttempt("1235", of: "490154203237518")
        let memory = RefusedSecretsDirectory(directory)
        #expect(!memory.hasFailed(attempt))
        #expect(memory.willTry(attempt))
        #expect(RefusedSecretsDirectory(directory).hasFailed(attempt))
        #expect(!memory.hasFailed(other))
        #expect(memory.willTry(other))
        memory.forget(attempt)
        #expect(!memory.hasFailed(attempt))
        #expect(memory.hasFailed(other))
        memory.forget(other)
        #expect(!RefusedSecretsDirectory(directory + "/none").willTry(attempt))
    }

    @Test func `a PIN that cannot be remembered is not sent`() async throws {
        let modem = Self.locked(["AT+CPIN=\"1234\"": "OK"])
        try await Rig(modem, memory: RefusedSecretsDirectory("/nowhere/at/all"), change: { $0.pin = "1234" }).run { rig in
            try await rig.until("it is blocked") { await rig.trunk.status.phase == .blocked(.pin(.notNoted)) }
            #expect(rig.modem.count(of: "AT+CPIN=\"1234\"") == 0)
        }
    }

    @Test func `a seal fits its own PIN, and differs each time`() throws {
        let attempt = SecretAttempt("1234", of: "490154203237518")
        let seals = try (0..<2).map { _ in try #require(SecretSeal(of: attempt)) }
        #expect(seals[0].description != seals[1].description)
        for seal in seals {
            #expect(try #require(SecretSeal(seal.description)).fits(attempt))
            #expect(!seal.fits(SecretAttempt("4321", of: "490154203237518")))
        }
    }
}
