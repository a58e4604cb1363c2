import AT
import Exchange
import Telephony
import Testing

@testable import TrunkModem

/// R13: the cable comes out after each octet of a submission.
@Suite(.timeLimit(.minutes(10))) struct UnplugTests {
    /// 160 characters in one segment: the longest PDU there is in seven bits.
    private static let text = String(repeating: "Sixteen letters.", count: 10)

    /// How many octets a submission has, from `AT+CMGS` to Ctrl-Z.
    private static func length(_ rig: Rig) async throws -> Int {
        rig.modem.forget()
        guard case .accepted = try await rig.send(text) else { throw Unexpected("not accepted") }
        return rig.modem.octets.count
    }

    @Test func `a modem unplugged after any octet leaves the text in doubt only behind Ctrl-Z; otherwise it is sent once`() async throws {
        try await Rig(change: { $0.segmentsPerMinute = 100_000 }).serve { rig in
            let length = try await Self.length(rig)
            #expect(length > 310)
            for octets in 1...length {
                // What it looks through at each start must not be counted.
                try await rig.settle()
                rig.modem.forget()
                rig.modem.unplug(after: octets)
                let outcome = try await rig.send(Self.text)
                let controlZs = rig.modem.octets.count { $0 == 0x1A }
                #expect(controlZs == (octets == length ? 1 : 0), "after \(octets) octets")
                switch outcome {
                case .inDoubt(let failure): #expect(octets == length && failure.cause == .lostAnswer)
                case .deferred(let failure, nil): #expect(octets < length && failure.cause == .unreachable)
                default: Issue.record("after \(octets) octets: \(outcome)")
                }
                try await rig.until("it is gone") { await rig.trunk.status.phase != .serving }
                rig.modem.plug()
                try await rig.until("it is back") { await rig.trunk.status.phase == .serving }
                guard case .deferred = outcome else { continue }
                let again = try await rig.send(Self.text)
                guard case .accepted = again else { throw Unexpected("after \(octets) octets, again: \(again)") }
                #expect(rig.modem.octets.count { $0 == 0x1A } == 1)
                #expect(rig.modem.pdus.count == 1)
            }
        }
    }

    @Test(arguments: [0.1, 1, 5, 29, 60, 600])
    func `however long it was away, it serves again by itself`(seconds: Double) async throws {
        try await Rig().serve { rig in
            rig.modem.unplug(after: 100)
            _ = try await rig.send(Self.text)
            let end = rig.time.elapsed + .seconds(seconds)
            try await rig.until("the time is over") { rig.time.elapsed >= end }
            rig.modem.plug()
            try await rig.until("it is back", within: .seconds(60)) { await rig.trunk.status.phase == .serving }
            guard case .accepted = try await rig.send(Self.text) else { throw Unexpected("not accepted") }
        }
    }

    @Test func `a modem that goes between segments is given the others, and none twice`() async throws {
        let long = String(repeating: "a", count: 153 * 4)
        try await Rig().serve { rig in
            rig.modem.submit(.answers("+CMGS: 1\nOK"), .answers("+CMGS: 2\nOK"), .silence)
            let journal = Journal()
            rig.modem.forget()
            let outcome = try await rig.send(long, journal: journal)
            #expect(outcome == .inDoubt(Failure(.lostAnswer)))
            #expect(journal.entries.last == .willSubmit(2, of: 4), "the doubt is about the third alone")
            let rest = Journal()
            guard case .accepted = try await rig.send(long, accepted: [0: "1", 1: "2", 2: "3"], journal: rest) else { throw Unexpected("not accepted") }
            #expect(rest.entries.first == .willSubmit(3, of: 4))
            #expect(rig.modem.pdus.count == 4 && Set(rig.modem.pdus).count == 4)
        }
    }
}
