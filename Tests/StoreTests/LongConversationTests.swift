import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony
import Testing

/// What a page asks of the ledger takes as long however much has been written. Takes a minute, so it runs where HOMELINE_LONG is set.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["HOMELINE_LONG"] != nil)) struct LongConversationTests {
    @Test func `a conversation of a hundred thousand messages is read, counted and searched at once`() async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        let clock = ManualClock(), mint = Mint.repeatable(clock)
        var middle: MessageID?
        for batch in 0..<100 {
            let messages = (0..<1000).map { number in
                Message(
                    id: mint.identifier(), line: "home", direction: .incoming, sender: .number("+15550199"), participants: [.number("+15550199")],
                    parts: [.text("text \(batch * 1000 + number) of very many\(number == 7 ? ", a needle" : "")")], recordedAt: clock.now())
            }
            if batch == 50 { middle = messages[0].id }
            let receipts = messages.map {
                Receipt(id: mint.identifier(), line: "home", format: .modemPDU, place: "\($0.id)", octets: [1], receivedAt: clock.now())
            }
            let ids = try await ledger.record(receipts)
            try await ledger.commit(zip(ids, messages).map { Reading(receipts: [$0], result: .message($1, deliveries: []), at: clock.now()) })
        }
        _ = try await ledger.indexWords(limit: .max)
        let first = try await timed { () async throws in #expect(try await ledger.thread(1, before: nil, after: nil, limit: 51).count == 51) }
        let deep = try await timed { () async throws in #expect(try await ledger.thread(1, before: middle, after: nil, limit: 51).count == 51) }
        let inbox = try await timed { () async throws in #expect(try await ledger.inbox(of: "a", lines: nil, after: nil, limit: 50).map(\.unread) == [100]) }
        let search = try await timed { () async throws in #expect(try await ledger.search("needle", lines: nil, before: nil, limit: 41).count == 41) }
        let day = try await timed { () async throws in #expect(try await ledger.end(ofPageAt: clock.now(), in: 1, limit: 50) != nil) }
        let pictures = try await timed { () async throws in #expect(try await ledger.pictures(in: 1, before: nil, limit: 60).isEmpty) }
        let shelf = try await timed { () async throws in
            #expect(try await ledger.conversations(of: "a", lines: nil, on: .unread, after: nil, limit: 50).map(\.entry.unread) == [100])
        }
        print("R60: a day \(day), pictures \(pictures), unread \(shelf)")
        print("R60: 100,000 messages: first page \(first), page in the middle \(deep), inbox \(inbox), search \(search)")
        for time in [first, deep, inbox, search, day, pictures, shelf] { #expect(time < .milliseconds(500)) }
    }

    /// The shortest of some, so that a busy machine does not count.
    private func timed(_ work: () async throws -> Void) async throws -> Duration {
        var shortest = Duration.seconds(3600)
        for _ in 0..<5 {
            let time = try await ContinuousClock().measure { try await work() }
            shortest = min(shortest, time)
        }
        return shortest
    }
}
