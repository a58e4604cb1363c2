import Testing
import Wire

@testable import AT

@Suite struct SessionTests {
    @Test func `a link begins with ESC and AT, so that a prompt left by someone else takes no command as text`() {
        var rig = SessionRig()
        #expect(rig.event(.opened) == [.write([0x1B])])
        #expect(rig.fire(.resynchronise) == [write("AT\r")])
        #expect(rig.receive("AT\r\r\nOK\r\n") == [])
        #expect(rig.fire(.settle) == [.ready])
        #expect(rig.armed == [])
    }

    @Test func `a modem that answers nothing is hung after four probes`() {
        var rig = SessionRig()
        _ = rig.event(.opened)
        for _ in 0..<4 { #expect(rig.fire(.resynchronise) == [write("AT\r")]) }
        #expect(rig.fire(.resynchronise) == [.hung])
    }

    @Test func `an answer is the lines that belong to the command, with echo and notifications taken out`() {
        var rig = SessionRig.ready()
        #expect(rig.event(.issue(.signalQuality)) == [write("AT+CSQ\r")])
        #expect(rig.receive("AT+CSQ\r\r\n^RSSI:12\r\n") == [.unsolicited(.signal(SignalReading(rssi: -89)))])
        #expect(rig.receive("\r\n+CMTI: \"SM\",3\r\n\r\n+CSQ: 17,99\r\n") == [.unsolicited(.messageStored(storage: "SM", index: 3))])
        #expect(rig.receive("\r\nOK\r\n") == [.answered(.signalQuality, Reply(lines: [.init("+CSQ: 17,99")], completion: .result(.ok)))])
        #expect(rig.armed == [])
    }

    @Test func `notifications do not extend a deadline`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.signalQuality))
        for _ in 0..<1000 {
            let outputs = rig.session.handle(.event(.frame(.line("^BOOT:1,0,0,0,6"))))
            #expect(outputs == [.effect(.unsolicited(.other("^BOOT:1,0,0,0,6")))])
        }
        #expect(rig.armed == [.deadline])
    }

    @Test func `a registration notification is not taken for the answer to the query`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.registration))
        #expect(rig.receive("+CREG: 2\r\n") == [.unsolicited(.registration(Registration(status: .searching)))])
        #expect(rig.receive("+CREG: 2,1\r\nOK\r\n") == [.answered(.registration, Reply(lines: [.init("+CREG: 2,1")], completion: .result(.ok)))])
    }

    @Test func `notifications of one and two lines in the middle of a list leave it whole`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.listMessages))
        let effects = rig.receive(
            "+CMGL: 1,1,,23\r\n+CMTI: \"SM\",4\r\n0011\r\n+CMT: ,24\r\n0022\r\n+CMGL: 2,1,,23\r\nRING\r\n0033\r\n+CDS: 25\r\n0044\r\nOK\r\n")
        #expect(
            effects == [
                .unsolicited(.messageStored(storage: "SM", index: 4)), .unsolicited(.message(pdu: "0022")), .unsolicited(.call("RING")),
                .unsolicited(.report(pdu: "0044")),
                .answered(
                    .listMessages,
                    Reply(lines: [.init("+CMGL: 1,1,,23", payload: "0011"), .init("+CMGL: 2,1,,23", payload: "0033")], completion: .result(.ok))),
            ])
    }

    @Test func `a dump with notifications is understood however it is cut`() {
        let text = Array("+CMGL: 1,1,,23\r\n+CMTI: \"SM\",4\r\n0011\r\n\r\nRING\r\n+CMGL: 2,1,,23\r\n0022\r\n\r\nOK\r\n".utf8)
        var whole = SessionRig.ready()
        _ = whole.event(.issue(.listMessages))
        let expected = whole.receive(text)
        for cut in 1..<text.count {
            var rig = SessionRig.ready()
            _ = rig.event(.issue(.listMessages))
            #expect(rig.receive(Array(text[..<cut])) + rig.receive(Array(text[cut...])) == expected)
        }
    }

    @Test func `the comma before the length of a ZTE report changes nothing`() {
        var rig = SessionRig.ready()
        #expect(rig.receive("+CDS: ,25\r\n0044\r\n") == [.unsolicited(.report(pdu: "0044"))])
    }

    @Test(arguments: [
        ("+CMT: ,24\r\n", Session.Effect.unsolicited(.messageCutOff)), ("+CDS: 25\r\n", .stray("a notification without its PDU")),
    ])
    func `a notification whose PDU never comes is told by its timer, or by the next one`(header: String, told: Session.Effect) {
        var rig = SessionRig.ready()
        #expect(rig.receive(header) == [])
        #expect(rig.fire(.payload) == [told])
        #expect(rig.receive("0022\r\n") == [.stray("0022")])
        #expect(rig.receive(header) == [])
        #expect(rig.receive("+CDS: 25\r\n0044\r\n") == [told, .unsolicited(.report(pdu: "0044"))])
    }

    @Test func `a USSD text over several lines is one notification`() {
        var rig = SessionRig.ready()
        #expect(
            rig.receive("+CUSD: 1,\"Menu\r\n1. Balance\r\n> more\",15\r\n")
                == [.unsolicited(.ussd(USSDAnswer(status: .replyWanted, string: "Menu\n1. Balance\n> more", coding: 15)))])
    }

    @Test func `the end of a call is no answer to another command`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.attention))
        #expect(rig.receive("NO CARRIER\r\n") == [.unsolicited(.call("NO CARRIER"))])
        #expect(rig.receive("OK\r\n") == [.answered(.attention, Reply(completion: .result(.ok)))])
    }

    @Test func `one command at a time`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.attention))
        #expect(rig.event(.issue(.signalQuality)) == [.answered(.signalQuality, Reply(completion: .refused))])
    }

    @Test func `the answer of a command that ran out of time is not taken for the next one's`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(.operatorSelection))
        #expect(rig.fire(.deadline) == [.write([0x1B])])
        #expect(rig.receive("+COPS: 0\r\nOK\r\n") == [.unsolicited(.other("+COPS: 0")), write("AT\r")])
        #expect(rig.receive("OK\r\n") == [])
        #expect(rig.fire(.settle) == [.answered(.operatorSelection, Reply(completion: .timedOut(.commanded)))])
        #expect(rig.session.isIdle)
    }
}

@Suite struct SubmissionTests {
    static let command = Command("AT+CMGS=1", expects: .prefixed(["+CMGS:"]), within: .seconds(120), payload: "0001")

    @Test func `the PDU leaves only after the prompt and the owner's consent, with one Ctrl-Z`() {
        var rig = SessionRig.ready()
        #expect(rig.event(.issue(Self.command)) == [write("AT+CMGS=1\r")])
        #expect(rig.receive("\r\n> ") == [.prompted])
        #expect(rig.event(.submit) == [write("0001"), .write([0x1A])])
        #expect(rig.armed == [.deadline])
        #expect(
            rig.receive("0001\u{1A}\r\n\r\n+CMGS: 12\r\n\r\nOK\r\n")
                == [.answered(Self.command, Reply(lines: [.init("+CMGS: 12")], completion: .result(.ok)))])
        #expect(rig.event(.submit) == [])
    }

    @Test func `an error instead of the prompt is followed by ESC and AT before it is reported`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        #expect(rig.receive("+CMS ERROR: 302\r\n") == [.write([0x1B])])
        #expect(rig.fire(.resynchronise) == [write("AT\r")])
        #expect(rig.receive("OK\r\n") == [])
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(completion: .result(.message(CMSError(302)))))])
    }

    @Test func `a prompt that never comes is given up with ESC, and one that comes late is left at once`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        #expect(rig.fire(.prompt) == [.write([0x1B])])
        #expect(rig.fire(.resynchronise) == [write("AT\r")])
        #expect(rig.receive("\r\n> ") == [.write([0x1B])])
        #expect(rig.receive("\r\nOK\r\n") == [write("AT\r")])
        #expect(rig.receive("\r\nOK\r\n") == [])
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(completion: .timedOut(.commanded)))])
    }

    @Test func `a prompt nobody waits for is left`() {
        var rig = SessionRig.ready()
        #expect(rig.receive("\r\n> ") == [.write([0x1B])])
        #expect(!rig.session.isIdle)
    }

    @Test func `a modem that leaves its prompt by itself gets no PDU`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        _ = rig.receive("> ")
        #expect(rig.receive("+CMS ERROR: 332\r\n") == [.write([0x1B])])
        #expect(rig.event(.submit) == [])
        _ = rig.receive("OK\r\nOK\r\n")
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(completion: .result(.message(CMSError(332)))))])
    }

    @Test func `the owner may give up at the prompt`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        _ = rig.receive("> ")
        #expect(rig.event(.abandon) == [.write([0x1B])])
        _ = rig.receive("OK\r\nOK\r\n")
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(completion: .abandoned))])
    }

    @Test func `a lost answer after Ctrl-Z is told as submitted`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        _ = rig.receive("> ")
        _ = rig.event(.submit)
        #expect(rig.fire(.deadline) == [.write([0x1B])])
        _ = rig.receive("OK\r\nOK\r\n")
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(completion: .timedOut(.submitted)))])
    }

    @Test func `a reference that comes after the deadline settles the submission`() {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        _ = rig.receive("> ")
        _ = rig.event(.submit)
        _ = rig.fire(.deadline)
        #expect(rig.receive("+CMGS: 7\r\nOK\r\n") == [write("AT\r")])
        _ = rig.receive("OK\r\n")
        #expect(rig.fire(.settle) == [.answered(Self.command, Reply(lines: [.init("+CMGS: 7")], completion: .result(.ok)))])
    }

    @Test(arguments: [(0, Reply.Phase.commanded), (1, .prompted), (2, .submitted)])
    func `an end of the link says how far the submission had come`(steps: Int, phase: Reply.Phase) {
        var rig = SessionRig.ready()
        _ = rig.event(.issue(Self.command))
        if steps > 0 { _ = rig.receive("> ") }
        if steps > 1 { _ = rig.event(.submit) }
        #expect(rig.event(.disconnected) == [.answered(Self.command, Reply(completion: .disconnected(phase)))])
        #expect(rig.finished && rig.armed.isEmpty)
    }

    /// A thousand shuffles of notifications into an answer, octet by octet.
    @Test func `noise in any order never changes the answer`() {
        var random = SystemRandomNumberGenerator()
        let noise = ["RING", "^RSSI:12", "+CMTI: \"SM\",-1", "^BOOT:1,0", "+CREG: 1", "+CMT: ,3\r\n0099", "NO CARRIER", "+CUSD: 0,\"a\",15", "*x"]
        for _ in 0..<1000 {
            var rig = SessionRig.ready()
            _ = rig.event(.issue(.storageUse))
            let lines = [noise.randomElement(using: &random) ?? "", "+CPMS: \"SM\",1,20", noise.randomElement(using: &random) ?? "", "OK"]
            let octets = Array(lines.joined(separator: "\r\n").utf8) + [0x0D, 0x0A]
            let effects = octets.flatMap { rig.receive([$0]) }
            #expect(effects.contains(.answered(.storageUse, Reply(lines: [.init("+CPMS: \"SM\",1,20")], completion: .result(.ok)))))
        }
    }

    @Test func `any sequence of events leaves the machine standing`() {
        var random = SystemRandomNumberGenerator()
        let events: [Session.Event] = [
            .opened, .issue(Self.command), .issue(.listMessages), .submit, .abandon, .frame(.prompt), .frame(.line("OK")),
            .frame(.line("+CMGL: 1,1,,3")),
            .frame(.line("0011")), .frame(.line("+CMT: ,3")), .frame(.line("+CUSD: 1,\"x")), .frame(.overlong(limit: 1)),
            .frame(.line("+CMS ERROR: 500")),
        ]
        let timers: [Session.TimerName] = [.deadline, .prompt, .payload, .resynchronise, .settle]
        for _ in 0..<500 {
            var rig = SessionRig()
            var controlZ = 0
            var consents = 0
            for _ in 0..<60 {
                let effects: [Session.Effect]
                if Bool.random(using: &random), let event = events.randomElement(using: &random) {
                    let wasPrompted = if case .prompted = rig.session.state { true } else { false }
                    if event == .submit && wasPrompted { consents += 1 }
                    effects = rig.event(event)
                } else {
                    effects = rig.fire(timers.randomElement(using: &random) ?? .settle)
                }
                controlZ += effects.count { $0 == .write([0x1A]) }
            }
            #expect(controlZ == consents)
        }
    }
}
