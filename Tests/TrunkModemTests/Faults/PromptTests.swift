import AT
import Exchange
import Synchronization
import Telephony
import Testing

@testable import TrunkModem

/// R14: prompts that come late, never, or never end. Nothing but its own PDU is ever sent as a text.
@Suite(.timeLimit(.minutes(10))) struct PromptTests {
    /// Every Ctrl-Z the modem got ended a PDU and nothing else.
    private static func onlyPDUsWereSent(_ modem: ScriptedModem) -> Bool {
        modem.pdus.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) } }
    }

    /// The next text leaves, and the modem was ready for it within ten seconds.
    private static func expectOrder(_ rig: Rig, since trouble: Duration) async throws {
        rig.modem.prompt("\r\n> ")
        let outcome = try await rig.send("next")
        guard case .accepted = outcome else { throw Unexpected("\(outcome)") }
        #expect(rig.time.elapsed - trouble <= .seconds(10))
        #expect(onlyPDUsWereSent(rig.modem))
        #expect(rig.modem.pdus.last?.contains("EE329E0E") == true, "the text \"next\" is the last that was sent")
    }

    @Test(arguments: [0.0, 0.1, 0.9, 2, 4.9, 5, 5.1, 5.4, 5.6, 6, 6.5, 7, 9, 12])
    func `a prompt that comes late is either answered or left`(seconds: Double) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.prompt(nil)
            let hasPrompted = Mutex(false)
            async let prompting: Void = {
                try await rig.time.sleep(until: rig.time.now.advanced(by: .seconds(seconds)), tolerance: nil)
                modem.promptNow()
                hasPrompted.withLock { $0 = true }
            }()
            let outcome = try await rig.send("late")
            switch outcome {
            case .accepted: #expect(modem.pdus.count == 1)
            case .deferred: #expect(modem.pdus.isEmpty)
            default: Issue.record("\(outcome)")
            }
            try await rig.until("the prompt came") { hasPrompted.withLock { $0 } }
            try await prompting
            try await rig.settle()
            try await Self.expectOrder(rig, since: rig.time.elapsed)
        }
    }

    @Test func `without a prompt the text waits, and the next one leaves`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.prompt(nil)
            let start = rig.time.elapsed
            guard case .deferred(let failure, nil) = try await rig.send("never") else { throw Unexpected("not deferred") }
            #expect(failure.cause == .timeout && modem.pdus.isEmpty && !modem.octets.contains(0x1A))
            #expect(rig.time.elapsed - start <= .seconds(10))
            try await Self.expectOrder(rig, since: rig.time.elapsed)
        }
    }

    @Test func `a prompt that Ctrl-Z does not end is left by ESC, and the text is in doubt`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.submit(.endless)
            let start = rig.time.elapsed
            let outcome = try await rig.send("endless")
            #expect(outcome == .inDoubt(Failure(.lostAnswer)))
            #expect(rig.time.elapsed - start <= Command.Deadline.submission + .seconds(10))
            #expect(modem.pdus.isEmpty, "the modem sent nothing")
            try await Self.expectOrder(rig, since: rig.time.elapsed)
        }
    }

    @Test func `a prompt that nobody asked for is left before a command becomes text`() async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            modem.promptNow()
            let trouble = rig.time.elapsed
            try await rig.settle()
            #expect(modem.octets.first == 0x1B)
            try await Self.expectOrder(rig, since: trouble)
        }
    }
}
