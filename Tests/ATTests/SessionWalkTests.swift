import AT
import HomelineTesting
import Testing
import Wire

/// A modem that says anything at any moment, and an owner that asks anything.
@Suite struct SessionWalkTests {
    private static let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"
    private static let lines = [
        "OK", "OK", "ERROR", "+CMS ERROR: 38", "+CME ERROR: 14", "+CMGS: 3", "RING", "NO CARRIER", "+CMT: ,30", "+CDS: 25", pdu, "+CMGL: 0,1,,30",
        "+CREG: 2,1", "+CREG: 5", "+CPIN: READY", "^RSSI:9", "+CUSD: 1,\"open", "closed\",15", "AT", "RDY", "0", "", "+CMTI: \"SM\",1", "x y z",
    ]

    private static func commands() throws -> [Command] {
        [.attention, .listMessages, .registration, .pinState, .identification, try .submit(pdu: [0, 1, 0, 2, 0x81, 0x21, 0, 0, 0])]
    }

    private struct Count {
        var issued = 0
        var answered = 0
        var prompts = 0
        var submitted = 0
        var controlZs = 0
    }

    private static func note(_ effects: [Session.Effect], _ count: inout Count) {
        for effect in effects {
            switch effect {
            case .answered: count.answered += 1
            case .prompted: count.prompts += 1
            case .write(let octets): count.controlZs += octets.count { $0 == 0x1A }
            case .ready, .unsolicited, .stray, .hung: break
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `every command is answered once, and no Ctrl-Z leaves but for a text`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let commands = try Self.commands()
        let timers: [Session.TimerName] = [.deadline, .prompt, .payload, .resynchronise, .settle]
        for _ in 0..<100 {
            var walk = Walk(Session())
            var count = Count()
            Self.note(walk.tell(.opened), &count)
            for _ in 0..<60 {
                var effects: [Session.Effect]
                switch Int.random(in: 0..<16, using: &random) {
                case 0...6: effects = walk.tell(.frame(.line(Self.lines.randomElement(using: &random) ?? "OK")))
                case 7: effects = walk.tell(.frame(.prompt))
                case 8: effects = walk.tell(.frame(.overlong(limit: 512)))
                case 9...10: effects = walk.passToNextTimer() ?? []
                case 11: effects = walk.fireStale(timers.randomElement(using: &random) ?? .deadline)
                case 12: effects = walk.tell(.abandon)
                case 13:
                    effects = walk.tell(.submit)
                    if effects.contains(.write([0x1A])) { count.submitted += 1 }
                default:
                    count.issued += 1
                    effects = walk.tell(.issue(commands.randomElement(using: &random) ?? .attention))
                }
                Self.note(effects, &count)
                #expect(walk.armedTimers.count <= 3)
            }
            Self.note(walk.runOut(), &count)
            if !walk.machine.isIdle { Self.note(walk.tell(.abandon) + walk.runOut(), &count) }
            #expect(walk.machine.isIdle, "it finds back to order by itself")
            #expect(count.answered == count.issued)
            #expect(count.controlZs == count.submitted && count.submitted <= count.prompts)
            Self.note(walk.tell(.disconnected), &count)
            #expect(walk.isFinished && count.answered == count.issued)
        }
    }

    /// A modem at its prompt takes everything for text: before another command leaves, ESC must have.
    @Test(arguments: 0..<20 as Range<UInt64>) func `nothing but the PDU or ESC follows a prompt`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let submission = try Command.submit(pdu: [0, 1, 0, 2, 0x81, 0x21, 0, 0, 0])
        for _ in 0..<100 {
            var walk = Walk(Session())
            _ = walk.tell(.opened)
            var isPrompting = false
            for _ in 0..<40 {
                let effects: [Session.Effect]
                switch Int.random(in: 0..<8, using: &random) {
                case 0...1:
                    isPrompting = true
                    effects = walk.tell(.frame(.prompt))
                case 2: effects = walk.tell(.frame(.line(["RING", "+CMGS: 1", "^RSSI:9"].randomElement(using: &random) ?? "RING")))
                case 3:
                    // A modem that gives a result has left its prompt.
                    isPrompting = false
                    effects = walk.tell(.frame(.line(["OK", "ERROR"].randomElement(using: &random) ?? "OK")))
                case 4: effects = walk.passToNextTimer() ?? []
                case 5: effects = walk.tell(.submit)
                case 6: effects = walk.tell(.abandon)
                default: effects = walk.tell(.issue([Command.attention, submission].randomElement(using: &random) ?? .attention))
                }
                for case .write(let octets) in effects where isPrompting {
                    if octets == [0x1B] || octets == [0x1A] { isPrompting = false; continue }
                    #expect(octets == Array((submission.payload ?? "").utf8), "\(String(decoding: octets, as: UTF8.self)) was written at a prompt")
                }
            }
        }
    }
}
