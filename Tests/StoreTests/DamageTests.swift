import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct DamageTests {
    private func hurt(_ scratch: Scratch, _ sql: String) async throws {
        try await scratch.ledger.writer.perform { try $0.execute(sql: sql) }
    }

    @Test(arguments: [
        "UPDATE part SET octets = x'68656C6C70' WHERE message = 1", "UPDATE message SET reference = 'other' WHERE id = 1",
        "UPDATE message SET recorded_at = 1 WHERE id = 1", "UPDATE part SET content_type = 'text/html' WHERE message = 1",
        "UPDATE message SET sender = 'person:bob' WHERE id = 1", "UPDATE message SET direction = 'incoming' WHERE id = 1",
        "UPDATE message SET presentation = 'odd' WHERE id = 1",
        "UPDATE conversation SET participants = 'number:+2' || char(10) WHERE id = 1",
        "UPDATE conversation SET participants = 'nonsense' WHERE id = 1", "DELETE FROM part WHERE message = 1",
    ])
    func `a damaged message is kept aside and told; others are served`(sql: String) async throws {
        let scratch = try Scratch()
        let (damaged, whole) = (scratch.message("hello"), scratch.message("other", to: "+15550101"))
        try await scratch.submit(damaged)
        try await scratch.submit(whole)
        try await hurt(scratch, sql)
        #expect(try await scratch.ledger.message(damaged.id) == nil)
        #expect(try await scratch.ledger.messages(after: nil, limit: 9, lines: nil).map(\.message) == [whole])
        #expect(try await scratch.ledger.conversations(limit: 9, lines: nil).map(\.last.message) == [whole])
        #expect(try await scratch.claim().map(\.message) == [whole])
        let record = try #require(try await scratch.ledger.deliveries(of: damaged.id).first)
        #expect(record.state == .failed)
        #expect(record.failure == .damaged)
        #expect(try await scratch.ledger.timeline(damaged.id).last?.detail == "Not sent: the stored message is damaged.")
    }

    @Test(arguments: [
        "UPDATE queue SET recipients = 'number:+15550109' || char(10) WHERE id = 1", "UPDATE queue SET owner = 'hone' WHERE id = 1",
        "UPDATE delivery SET content = 'failed', recipient = '' WHERE id = 1",
    ])
    func `a delivery whose destination is damaged goes nowhere`(sql: String) async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message())
        try await hurt(scratch, sql)
        let now = scratch.clock.now()
        for line in ["home", "hone"] as [LineID] {
            #expect(try await scratch.ledger.claim(.trunk(line), limit: 9, now: now, lease: now, mint: scratch.mint).claims.isEmpty)
        }
        #expect(try await scratch.ledger.backlog().isEmpty)
    }

    @Test func `damaged octets are not interpreted and do not hold up others`() async throws {
        let scratch = try Scratch()
        let receipts = (1...2).map {
            Receipt(
                id: scratch.mint.identifier(), line: "home", format: .modemPDU, place: "SM/\($0)", octets: [UInt8($0)],
                receivedAt: scratch.clock.now())
        }
        _ = try await scratch.ledger.record(receipts)
        try await hurt(scratch, "UPDATE receipt SET octets = x'03' WHERE id = 1")
        #expect(try await scratch.ledger.unreadReceipts(line: "home") == [receipts[1]])
        #expect(try await scratch.ledger.entries(after: 2, limit: 9).map(\.detail) == ["The stored octets are damaged."])
    }

    @Test func `a flipped bit anywhere in the file never gives a wrong text or a trap`() async throws {
        let scratch = try Scratch()
        let messages = (0..<20).map { scratch.message("message number \($0)", to: "+1555010\($0)") }
        for message in messages { try await scratch.submit(message) }
        try scratch.ledger.close()
        let octets = try Data(contentsOf: URL(filePath: scratch.path))
        var generator = SplitMix(state: 7)
        for round in 0..<40 {
            var flipped = octets
            let place = Int(generator.next() % UInt64(octets.count))
            flipped[place] ^= 1 << (generator.next() & 7)
            let path = scratch.directory.file("flipped-\(round)")
            try flipped.write(to: URL(filePath: path))
            try await expectTruth(path, messages, scratch)
        }
    }

    /// Whatever is served is one of the messages; what cannot be read is missing or an error.
    private func expectTruth(_ path: String, _ messages: [Message], _ scratch: Scratch) async throws {
        guard let ledger = try? SQLiteLedger(path: path) else { return }
        let now = scratch.clock.now()
        let listed = (try? await ledger.messages(after: nil, limit: 100, lines: nil)) ?? []
        #expect(listed.allSatisfy { messages.contains($0.message) })
        _ = try? await ledger.recover(leasedBefore: .distantFuture, now: now)
        let claims = (try? await ledger.claim(.trunk("home"), limit: 100, now: now, lease: now, mint: scratch.mint).claims) ?? []
        for claim in claims {
            #expect(messages.contains(claim.message))
            #expect(claim.delivery.destination == .trunk("home", recipients: claim.message.participants))
        }
        _ = try? await ledger.entries(after: 0, limit: 1000)
        _ = try? await ledger.conversations(limit: 100, lines: nil)
        try? ledger.close()
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }
}
