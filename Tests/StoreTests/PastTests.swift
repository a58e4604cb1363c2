import Exchange
import HomelineTesting
import Telephony
import Testing

@testable import Store

/// Another phone's past among the conversations of here.
@Suite struct PastTests {
    private let scratch: Scratch
    private let start: Instant

    init() throws {
        scratch = try Scratch()
        start = scratch.clock.now()
    }

    private func message(_ text: String, from sender: Address = .number("+15550100"), at time: Instant) -> Message {
        Message(
            id: scratch.mint.identifier(), line: "home", direction: .incoming, sender: sender, participants: [sender], parts: [.text(text)], recordedAt: time)
    }

    /// A text of each day before now, the oldest first.
    private func bringPast(days: Int) async throws -> [Message] {
        let past = (1...days).reversed().map { day in message("\(day) days ago", at: start - .seconds(86_400 * Int64(day))) }
        #expect(try await scratch.ledger.addHistory(past, at: start) == days)
        return past
    }

    /// The last text of each conversation that alice has on the shelf.
    private func texts(_ shelf: Shelf) async throws -> [String] {
        try await scratch.ledger.conversations(of: "alice", lines: nil, on: shelf, after: nil, limit: 9).map(\.entry.summary.last.message.text)
    }

    @Test func `a conversation of which nothing happened here is on its shelf like any other`() async throws {
        let ledger = scratch.ledger
        let past = try await bringPast(days: 3)
        #expect(try await texts(.open) == ["1 days ago"])
        #expect(try await texts(.archived) == [])
        #expect(try await texts(.unread) == [])
        let number = try #require(try await ledger.conversationNumber(of: past[0].id))
        for move in [ShelfMove.mute, .unmute] {
            try await ledger.put(number, move, for: "alice")
            #expect(try await texts(.open) == ["1 days ago"])
            #expect(try await texts(.archived) == [])
        }
        try await ledger.put(number, .archive, for: "alice")
        #expect(try await texts(.open) == [])
        #expect(try await texts(.archived) == ["1 days ago"])
        #expect(try await ledger.marks(of: number, for: "alice") == ConversationMarks(isArchived: true))
        try await ledger.put(number, .unarchive, for: "alice")
        #expect(try await texts(.open) == ["1 days ago"])
        #expect(try await texts(.archived) == [])
        try await ledger.put(number, .archive, for: "alice")
        _ = try await ledger.submit(message("now", at: start), key: "now", deliveries: [])
        #expect(try await texts(.open) == ["now"])
        #expect(try await texts(.archived) == [])
        #expect(try await texts(.unread) == ["now"])
    }

    @Test func `a page of it is found by its time, as is one of what happened here`() async throws {
        let ledger = scratch.ledger
        let past = try await bringPast(days: 30)
        let number = try #require(try await ledger.conversationNumber(of: past[0].id))
        /// The text behind a page of two that begins then.
        func end(_ time: Instant) async throws -> String? {
            guard let end = try await ledger.end(ofPageAt: time, in: number, limit: 2) else { return nil }
            return try await ledger.message(end)?.message.text
        }
        #expect(try await end(start - .seconds(86_400 * 9)) == "7 days ago")
        #expect(try await end(start - .seconds(86_400 * 9 + 1)) == "7 days ago")
        #expect(try await end(start - .seconds(86_400 * 900)) == "28 days ago")
        #expect(try await end(start) == nil)
        for text in ["a", "b", "c", "d"] {
            _ = try await ledger.submit(message(text, at: scratch.clock.now()), key: text, deliveries: [])
            scratch.clock.advance(by: .seconds(86_400))
        }
        #expect(try await end(start - .seconds(86_400 * 9)) == "7 days ago")
        #expect(try await end(start - .seconds(1)) == "c")
        #expect(try await end(start - .seconds(86_400)) == "b")
        #expect(try await end(start + .seconds(86_400)) == "d")
    }
}
