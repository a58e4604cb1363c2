import Exchange
import Telephony
import Testing

/// What every ledger promises of what persons keep of their own, clause by clause.
public enum PersonalContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (LedgerBench, any PersonalBook & SignInBook) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (LedgerBench, any PersonalBook & SignInBook) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses = shelves + drafts + pages + held + browsers + withdrawals
}

extension LedgerBench {
    /// Texts from numbers ending in 0 to `count` - 1, and the numbers of their conversations.
    fileprivate func conversations(_ count: Int) async throws -> [Int64] {
        var numbers: [Int64] = []
        for number in 0..<count {
            let message = incoming("\(number)", from: .number("+1555010\(number)"))
            try await receive(message, to: [])
            numbers.append(try #require(try await ledger.conversationNumber(of: message.id)))
        }
        return numbers
    }
}

extension PersonalContract {
    static let shelves: [Clause] = [
        Clause("what is pinned, archived or neither is each on its shelf, for each person") { bench, book in
            let numbers = try await bench.conversations(4)
            try await book.put(numbers[1], .pin, for: "alice")
            try await book.put(numbers[2], .archive, for: "alice")
            func texts(_ shelf: Shelf, _ person: PersonID = "alice", after: Int64? = nil, _ limit: Int = 9) async throws -> [String] {
                try await book.conversations(of: person, lines: nil, on: shelf, after: after, limit: limit).map(\.entry.summary.last.message.text)
            }
            #expect(try await texts(.open) == ["3", "0"])
            #expect(try await texts(.pinned) == ["1"])
            #expect(try await texts(.archived) == ["2"])
            #expect(try await texts(.open, "bob") == ["3", "2", "1", "0"])
            #expect(try await texts(.open, "bob", after: numbers[2], 1) == ["1"])
            #expect(try await book.conversations(of: "alice", lines: ["office"], on: .open, after: nil, limit: 9).isEmpty)
            #expect(try await book.conversations(of: "alice", lines: ["home"], on: .pinned, after: nil, limit: 9).map(\.entry.number) == [numbers[1]])
            await expectConflict { _ = try await texts(.open, after: 4711) }
        },
        Clause("what is archived comes back with its next message, and is never pinned") { bench, book in
            let number = try await bench.conversations(1)[0]
            func marks() async throws -> ConversationMarks { try await book.marks(of: number, for: "alice") }
            try await book.put(number, .pin, for: "alice")
            try await book.put(number, .archive, for: "alice")
            #expect(try await marks() == ConversationMarks(isArchived: true))
            try await bench.receive(bench.incoming("again", from: .number("+15550100")), to: [])
            #expect(try await marks() == ConversationMarks())
            try await book.put(number, .archive, for: "alice")
            try await book.put(number, .unarchive, for: "alice")
            #expect(try await marks() == ConversationMarks())
            try await book.put(number, .archive, for: "alice")
            try await book.put(number, .pin, for: "alice")
            #expect(try await marks() == ConversationMarks(isPinned: true))
            try await book.put(number, .unpin, for: "alice")
            try await book.put(number, .mute, for: "alice")
            #expect(try await marks() == ConversationMarks(isMuted: true))
            try await book.put(number, .unmute, for: "alice")
            #expect(try await marks() == ConversationMarks())
            #expect(try await book.marks(of: number, for: "bob") == ConversationMarks())
            await expectConflict { try await book.put(4711, .pin, for: "alice") }
        },
        Clause("unread is what has something new and is not archived") { bench, book in
            let numbers = try await bench.conversations(3)
            try await bench.submit(bench.outgoing("mine"))
            let read = try #require(try await bench.ledger.thread(numbers[1], before: nil, after: nil, limit: 1).first?.message.id)
            try await bench.ledger.markRead(read, by: "alice")
            try await book.put(numbers[2], .archive, for: "alice")
            let unread = try await book.conversations(of: "alice", lines: nil, on: .unread, after: nil, limit: 9)
            #expect(unread.map(\.entry.number) == [numbers[0]])
            #expect(unread.map(\.entry.unread) == [1])
        },
    ]

    static let drafts: [Clause] = [
        Clause("a draft is kept for each person until it is empty") { bench, book in
            let number = try await bench.conversations(1)[0]
            try await book.save(draft: "half a \n'sentence'", of: number, for: "alice")
            #expect(try await book.marks(of: number, for: "alice").draft == "half a \n'sentence'")
            #expect(try await book.marks(of: number, for: "bob").draft == "")
            #expect(try await book.conversations(of: "alice", lines: nil, on: .open, after: nil, limit: 9).map(\.marks.draft) == ["half a \n'sentence'"])
            try await book.save(draft: "", of: number, for: "alice")
            #expect(try await book.marks(of: number, for: "alice") == ConversationMarks())
            await expectConflict { try await book.save(draft: "x", of: 4711, for: "alice") }
        },
        Clause("a conversation that is forgotten takes along what was made of it") { bench, book in
            let message = bench.incoming()
            try await bench.receive(message, to: [])
            let number = try #require(try await bench.ledger.conversationNumber(of: message.id))
            try await book.save(draft: "x", of: number, for: "alice")
            #expect(try await bench.ledger.forget(message.id))
            #expect(try await book.conversations(of: "alice", lines: nil, on: .open, after: nil, limit: 9).isEmpty)
        },
        Clause("personal settings are each person's own") { _, book in
            #expect(try await book.personalSettings(of: "alice") == PersonalSettings())
            try await book.save(PersonalSettings(language: "fr", isTold: .text), of: "alice")
            try await book.save(PersonalSettings(language: nil, isTold: .text), of: "bob")
            #expect(try await book.personalSettings(of: "alice") == PersonalSettings(language: "fr", isTold: .text))
            try await book.save(PersonalSettings(), of: "alice")
            #expect(try await book.personalSettings(of: "alice") == PersonalSettings())
            #expect(try await book.personalSettings(of: "bob").isTold == .text)
        },
    ]
}
