import AT
import Exchange
import Telephony
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct SendingTests {
    @Test(arguments: [
        (38, Disposition.retry), (41, .retry), (42, .retry), (47, .retry), (331, .retry), (332, .retry), (500, .retry), (512, .retry), (314, .retry),
        (192, .retry),
        (1, .permanent), (8, .permanent), (10, .permanent), (21, .permanent), (28, .permanent), (29, .permanent), (30, .permanent), (50, .permanent),
        (111, .permanent), (195, .permanent), (196, .permanent), (304, .permanent), (305, .permanent), (310, .needsOperator), (311, .needsOperator),
        (330, .needsOperator),
    ])
    func `the modem's error decides what becomes of the text`(code: Int, disposition: Disposition) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.answers("+CMS ERROR: \(code)"))
            let failure = Failure(.cms(code), CMSError(code).meaning)
            #expect(failure.disposition == disposition)
            let outcome = try await rig.send("hello")
            #expect(outcome == (disposition == .permanent ? .failed(failure) : .deferred(failure, until: nil)))
            #expect(rig.notices.all.isEmpty == (disposition != .needsOperator))
        }
    }

    @Test func `that a message was read is no text, where the line has no picture messages`() async throws {
        try await Rig().serve { rig in
            let outcome = await rig.trunk.send(.readReport(on: "What the sender wrote", from: "+15550123", at: rig.time.wall), journal: Journal())
            #expect(outcome == .accepted(reference: nil))
            #expect(rig.modem.pdus.isEmpty)
        }
    }

    @Test func `a full storage is emptied and the text sent again`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.answers("+CMS ERROR: 322"), .answers("+CMGS: 9\nOK"))
            let outcome = try await rig.send("hello")
            #expect(outcome == .accepted(reference: "9"))
            #expect(modem.pdus.count == 2)
        }
    }

    @Test func `an answer lost after Ctrl-Z leaves the text in doubt`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.silence)
            let outcome2 = try await rig.send("hello")
            #expect(outcome2 == .inDoubt(Failure(.lostAnswer)))
            #expect(modem.pdus.count == 1)
            let outcome3 = try await rig.send("again")
            #expect(outcome3 == .accepted(reference: "2"))
        }
    }

    @Test func `a modem unplugged after Ctrl-Z leaves the text in doubt`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.silence)
            let sending = rig.sending("hello")
            try await rig.until("the PDU is out") { modem.pdus.count == 1 }
            modem.unplug()
            #expect(await sending.value == .inDoubt(Failure(.lostAnswer)))
        }
    }

    @Test func `a send that is cut short after Ctrl-Z awaits its answer no longer and is in doubt`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.silence)
            let sending = rig.sending("hello")
            try await rig.until("the PDU is out") { modem.pdus.count == 1 }
            sending.cancel()
            #expect(await sending.value == .inDoubt(Failure(.lostAnswer)))
        }
    }

    @Test func `a send that may not go on after its prompt leaves nothing at the modem and is made later`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            let outcome = try await rig.send("hello", journal: Journal(refusing: .busy("Homeline is stopping")))
            #expect(outcome == .deferred(Failure(.timeout, "the send could not be noted"), until: nil))
            #expect(modem.pdus.isEmpty)
        }
    }

    /// The command has 11 octets, the PDU's digits are 34; the next one is Ctrl-Z.
    @Test(arguments: 1...45)
    func `a modem unplugged before Ctrl-Z left has sent nothing`(octets: Int) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.unplug(after: octets)
            guard case .deferred(let failure, nil) = try await rig.send("hello") else { throw Unexpected("not deferred") }
            #expect(failure.cause == .unreachable)
            #expect(modem.pdus.isEmpty)
            try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
            modem.plug()
            try await rig.until("it is back") { await rig.trunk.status.phase == .serving }
            let outcome5 = try await rig.send("hello")
            #expect(outcome5 == .accepted(reference: "1"))
        }
    }

    @Test func `a prompt that never comes costs ten seconds and no text`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.prompt(nil)
            let before = rig.time.elapsed
            guard case .deferred(let failure, nil) = try await rig.send("hello") else { throw Unexpected("not deferred") }
            #expect(failure.cause == .timeout)
            #expect(rig.time.elapsed - before <= .seconds(10))
            #expect(!modem.octets.contains(0x1A))
            modem.prompt("\r\n> ")
            let outcome6 = try await rig.send("hello")
            #expect(outcome6 == .accepted(reference: "1"))
        }
    }

    @Test(arguments: ["\r\n> ", "\r\n>", "\r\n>\r\n", "> ", "\r\n\0> "])
    func `prompts of every shape are understood`(prompt: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.prompt(prompt)
            let outcome7 = try await rig.send("hello")
            #expect(outcome7 == .accepted(reference: "1"))
        }
    }

    @Test(arguments: [("+CMGS: 12,\"26/11/20,23:33:00+04\"\nOK", "12"), ("+CMGS: 0\nOK", "0"), ("^RSSI:12\n+CMGS: 255\nRING\nOK", "255"), ("OK", "")])
    func `references of every shape are noted`(answer: String, reference: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.answers(answer))
            let journal = Journal()
            let outcome = try await rig.send("hello", journal: journal)
            #expect(outcome == .accepted(reference: reference))
            #expect(journal.entries.last == .accepted(0, reference))
        }
    }

    @Test func `an error instead of the prompt is followed by ESC, and the next text leaves`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.prompt("\r\n+CMS ERROR: 302\r\n")
            let outcome8 = try await rig.send("hello")
            #expect(outcome8 == .failed(Failure(.cms(302), "operation not allowed")))
            modem.prompt("\r\n> ")
            let outcome9 = try await rig.send("hello")
            #expect(outcome9 == .accepted(reference: "1"))
        }
    }

    @Test func `a long text leaves in order, each segment noted before the next`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            let journal = Journal()
            let outcome10 = try await rig.send(String(repeating: "a", count: 400), journal: journal)
            #expect(outcome10 == .accepted(reference: "1"))
            #expect(
                journal.entries == [
                    .willSubmit(0, of: 3), .accepted(0, "1"), .willSubmit(1, of: 3), .accepted(1, "2"), .willSubmit(2, of: 3), .accepted(2, "3"),
                ])
            #expect(modem.count(of: "AT+CMMS=2") == 1)
        }
    }

    @Test func `segments that an earlier attempt brought out are not sent again`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            let journal = Journal()
            let outcome = try await rig.send(String(repeating: "a", count: 400), accepted: [0: "7", 2: "9"], journal: journal)
            #expect(outcome == .accepted(reference: "7"))
            #expect(journal.entries == [.willSubmit(1, of: 3), .accepted(1, "1")])
        }
    }

    @Test func `without the journal's consent no PDU leaves`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            guard case .deferred = try await rig.send("hello", journal: Journal(refusing: .full("no room"))) else { throw Unexpected("not deferred") }
            #expect(modem.pdus.isEmpty && !modem.octets.contains(0x1A))
            let outcome11 = try await rig.send("hello")
            #expect(outcome11 == .accepted(reference: "1"))
        }
    }

    @Test func `a line sends so many segments a minute and no more`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem, change: { $0.segmentsPerMinute = 3 }).serve { rig in
            let outcome12 = try await rig.send(String(repeating: "a", count: 400))
            #expect(outcome12 == .accepted(reference: "1"))
            guard case .deferred(let failure, let until?) = try await rig.send("hello") else { throw Unexpected("not deferred") }
            #expect(failure.cause == .rateLimited)
            #expect(until - rig.time.wall <= .seconds(21))
        }
    }

    @Test func `one command leaves between two segments of a text`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            _ = try await rig.send(String(repeating: "a", count: 400))
            #expect(modem.commands.filter { $0 != "AT+CMMS=2" && !$0.hasPrefix("AT+CMGS=") } == [])
        }
    }

    @Test(arguments: ["x\u{1A}y", "a\r\nAT+CFUN=0\r", "\u{1B}AT\r", "\"+++\"", "\u{0}\u{7F}", "> OK\r\nOK\r\n"])
    func `nothing in a text can end it or start a command`(text: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            guard case .accepted = try await rig.send(text) else { throw Unexpected("not accepted") }
            #expect(modem.octets.count { $0 == 0x1A } == 1)
            #expect(!modem.octets.contains(0x1B))
            #expect(modem.commands.allSatisfy { $0.hasPrefix("AT+CMGS=") })
        }
    }

    @Test(arguments: (0...255).map { UInt8($0) })
    func `nothing in a number can become a command`(octet: UInt8) async throws {
        let claim = Claim.sending("hello", to: "+1555\(String(UnicodeScalar(octet)))0123", at: Telephony.Instant(seconds: 0))
        let segments = ModemSegments(
            numbers: try #require(NumberPlan(country: "US")), settings: ModemSettings(line: "home", address: .place(.device(path: "/x"))))
        guard let pdus = try? segments.compose(claim) else { return }
        #expect("0123456789*#abcABC".utf8.contains(octet))
        for pdu in pdus {
            let payload = try #require(AT.Command.submit(pdu: pdu).payload)
            #expect(payload.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
        }
    }

    @Test func `an emergency number is refused with its reason`() async throws {
        try await Rig().serve { rig in
            guard case .failed(let failure) = try await rig.send("help", to: "911") else { throw Unexpected("not refused") }
            #expect(failure.detail.contains("emergency"))
        }
    }
}
