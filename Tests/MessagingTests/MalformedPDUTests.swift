import Exchange
import Foundation
import HomelineTesting
import Messaging
import Store
import Telephony
import Testing
import Wire

/// S09: PDUs that are wrong in every way a line or a sender can make them. Each is decoded or kept raw; none is dropped, none stops us.
@Suite struct MalformedPDUTests {
    private struct Vector: Decodable {
        let hex: String
        let direction: String
    }

    private static let isLong = ProcessInfo.processInfo.environment["HOMELINE_LONG"] != nil

    private static func vectors() throws -> [[UInt8]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/sms/pdus.jsonl")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Vector.self, from: Data($0.utf8)) }
            .map { try Hex.decode($0.hex) }
    }

    /// Every prefix, and every octet with each of its bits flipped, set to the extremes and to the values that lengths lie with.
    private static func malformed(_ octets: [UInt8]) -> [[UInt8]] {
        var inputs = octets.indices.map { Array(octets[..<$0]) }
        for place in octets.indices {
            let values: [UInt8] = isLong ? Array(0...255) : (0..<8).map { octets[place] ^ (1 << $0) } + [0x00, 0xFF, 0x0C, 0x8C]
            for value in Set(values) where value != octets[place] {
                var changed = octets
                changed[place] = value
                inputs.append(changed)
            }
        }
        return inputs
    }

    @Test func `every prefix and every changed octet of every vector means exactly one thing`() throws {
        var count = 0
        for vector in try Self.vectors() {
            for octets in Self.malformed(vector) {
                count += 1
                let found = try interpret([receipt(1, octets)], at: 100_000)
                guard found.count == 1, found[0].receipts == ids(1) else {
                    Issue.record("\(Hex.encode(octets)): \(found)")
                    continue
                }
                switch found[0].meaning {
                case .undecodable(let why), .notForPeople(let why): if why.isEmpty { Issue.record("\(Hex.encode(octets)): no reason") }
                case .incomplete: Issue.record("\(Hex.encode(octets)): still waiting after all patience")
                case .message, .report, .read, .announcement: break
                }
            }
        }
        #expect(count > 60_000)
    }

    /// The same over the ledger: what no message or report came of is there to be replayed, in its very octets.
    @Test(arguments: [0, 20, 58, 137, 143, 157, 163])
    func `what cannot be decoded is kept raw`(place: Int) async throws {
        let ledger = MemoryLedger()
        let clock = ManualClock(at(0))
        let mint = Mint.repeatable(clock)
        let inputs = Array(Set(Self.malformed(try Self.vectors()[place]))).prefix(400)
        let numbers = try #require(switzerland)
        let inbox = Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup())
        _ = try await inbox.record(inputs.enumerated().map { Inbox.Arrival(place: "SM/\($0)", octets: $1) }, line: "home")
        clock.advance(by: .seconds(100_000))
        let intake = Intake(
            ledger: ledger, interpreter: HomeNumbers(numbers: numbers), numbering: HomeNumbers(numbers: numbers), plan: RoutingPlan(routes: []), mint: mint,
            pause: { _ in }, signal: WakeSignal(), workers: WakeGroup())
        _ = try await intake.pass()
        #expect(try await ledger.unreadReceipts(line: "home").isEmpty, "nothing waits")
        let kinds = try await ledger.entries(after: 0, limit: 10_000).map(\.kind)
        let settled = kinds.count { [.message, .undecodable, .notForPeople].contains($0) }
        #expect(settled == inputs.count, "each has its line in the timeline")
        let undecodable = kinds.count { $0 == .undecodable }
        #expect(try await ledger.replayUndecodable() == undecodable)
        let kept = Set(try await ledger.unreadReceipts(line: "home").map(\.octets))
        #expect(kept.count == undecodable && kept.isSubset(of: Set(inputs)))
    }

    /// At home in one country, whatever the line.
    private struct HomeNumbers: Interpreter, Numbering {
        let numbers: NumberPlan

        func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
            SMSInterpreter(numbers: numbers).interpret(receipts, now: now)
        }
        func address(_ text: String, line: LineID) -> Address? { numbers.normalise(text) }
        func refusal(_ address: Address, line: LineID) -> Failure? { nil }
        func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { numbers.isSameParty(one, other) }
    }
}
