import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let inbox: [Clause] = [
        Clause("the inbox is paged from the liveliest conversation on") { bench in
            for number in 0..<5 { try await bench.receive(bench.incoming("\(number)", from: .number("+1555010\(number)")), to: []) }
            try await bench.receive(bench.incoming("office", line: "office"), to: [])
            func page(_ after: Int64?, _ limit: Int, _ lines: [LineID]? = nil) async throws -> [InboxEntry] {
                try await bench.ledger.inbox(of: "alice", lines: lines, after: after, limit: limit)
            }
            let first = try await page(nil, 3)
            #expect(first.map(\.summary.last.message.text) == ["office", "4", "3"])
            #expect(try await page(first.last?.number, 9).map(\.summary.last.message.text) == ["2", "1", "0"])
            #expect(try await page(nil, 2, ["home"]).map(\.summary.last.message.text) == ["4", "3"])
            #expect(try await page(nil, 9, []).isEmpty)
            await expectConflict { _ = try await page(4711, 1) }
            for entry in first {
                #expect(try await bench.ledger.conversation(number: entry.number) == entry.summary)
                #expect(try await bench.ledger.conversationNumber(of: entry.summary.last.message.id) == entry.number)
            }
            #expect(try await bench.ledger.conversationNumber(of: bench.mint.identifier()) == nil)
        },
        Clause("each person has their own count of what they have not read, and own messages do not count") { bench in
            let messages = [bench.incoming("1"), bench.incoming("2"), bench.incoming("3")]
            for message in messages { try await bench.receive(message, to: []) }
            try await bench.submit(bench.outgoing("mine"))
            func unread(_ person: PersonID) async throws -> [Int] {
                try await bench.ledger.inbox(of: person, lines: nil, after: nil, limit: 9).map(\.unread)
            }
            #expect(try await unread("alice") == [3])
            try await bench.ledger.markRead(messages[1].id, by: "alice")
            #expect(try await unread("alice") == [1])
            #expect(try await unread("bob") == [3])
            try await bench.ledger.markRead(messages[0].id, by: "alice")
            #expect(try await unread("alice") == [1])
            await expectConflict { try await bench.ledger.markRead(bench.mint.identifier(), by: "alice") }
        },
        Clause("what a phone says was looked at is read in every app") { bench in
            let message = bench.incoming()
            let delivery = try #require(try await bench.receive(message, to: [.alicesPhone]).first)
            _ = try await bench.ledger.wasRead(delivery.id, by: "alice", at: bench.now) { _ in [] }
            #expect(try await bench.ledger.inbox(of: "alice", lines: nil, after: nil, limit: 9).map(\.unread) == [0])
        },
        Clause("to a new account what is there counts as read") { bench in
            try await bench.receive(bench.incoming("old"), to: [])
            let account = Account(person: "alice", role: .owner, password: "hash", createdAt: bench.now)
            try await bench.ledger.save(account, keeping: nil)
            #expect(try await bench.ledger.inbox(of: "alice", lines: nil, after: nil, limit: 9).map(\.unread) == [0])
            try await bench.receive(bench.incoming("new"), to: [])
            #expect(try await bench.ledger.inbox(of: "alice", lines: nil, after: nil, limit: 9).map(\.unread) == [1])
        },
        Clause("a thread is paged from the youngest message back, and on from a message that is known") { bench in
            var messages: [Message] = []
            for number in 0..<5 {
                messages.append(bench.incoming("\(number)"))
                try await bench.receive(messages[number], to: [])
                try await bench.receive(bench.incoming("else", from: .other), to: [])
            }
            let number = try #require(try await bench.ledger.conversationNumber(of: messages[0].id))
            func page(before: MessageID? = nil, after: MessageID? = nil, _ limit: Int) async throws -> [String] {
                try await bench.ledger.thread(number, before: before, after: after, limit: limit).map(\.message.text)
            }
            #expect(try await page(2) == ["4", "3"])
            #expect(try await page(before: messages[3].id, 2) == ["2", "1"])
            #expect(try await page(before: messages[0].id, 2).isEmpty)
            #expect(try await page(after: messages[2].id, 9) == ["4", "3"])
            #expect(try await page(before: messages[4].id, after: messages[0].id, 9) == ["3", "2", "1"])
            #expect(try await bench.ledger.thread(4711, before: nil, after: nil, limit: 9).isEmpty)
            let other = try #require(try await bench.ledger.inbox(of: "a", lines: nil, after: nil, limit: 1).first?.summary.last.message.id)
            await expectConflict { _ = try await page(before: other, 1) }
        },
        Clause("forgetting the last message read leaves those after it unread") { bench in
            let first = bench.incoming("1"), second = bench.incoming("2")
            for message in [first, second] { try await bench.receive(message, to: []) }
            try await bench.ledger.markRead(second.id, by: "alice")
            #expect(try await bench.ledger.forget(second.id))
            try await bench.receive(bench.incoming("3"), to: [])
            #expect(try await bench.ledger.inbox(of: "alice", lines: nil, after: nil, limit: 9).map(\.unread) == [1])
        },
        Clause("messages are found by the beginnings of their words, the youngest first, whatever they are written with") { bench in
            let texts = ["The train is late", "no trains today", "TRAIN? Späti \"quoted\" x OR y", "rain", "Straße 7 🚂 (*) NEAR AND NOT"]
            var messages: [Message] = []
            for text in texts {
                messages.append(bench.incoming(text))
                try await bench.receive(messages[messages.count - 1], to: [])
            }
            func found(_ text: String, lines: [LineID]? = nil, before: MessageID? = nil, limit: Int = 9) async throws -> [String] {
                try await bench.ledger.search(text, lines: lines, before: before, limit: limit).map(\.message.text)
            }
            #expect(try await found("train") == [texts[2], texts[1], texts[0]])
            #expect(try await found("train", limit: 1) == [texts[2]])
            #expect(try await found("train", before: messages[2].id) == [texts[1], texts[0]])
            #expect(try await found("LATE tra") == [texts[0]])
            for spelling in ["spati", "SPÄTI", "Spa\u{308}ti"] { #expect(try await found(spelling) == [texts[2]]) }
            #expect(try await found("train", lines: ["office"]).isEmpty)
            #expect(try await found("1555").count == 5)
            for query in ["\"", "*", "\"quoted", "x OR y", "NEAR(", "a\"b*", "-train", "^rain", "words:rain", "'; DROP", "", "  ", "🚂", String(repeating: "a ", count: 500)] {
                _ = try await found(query)
            }
            #expect(try await found("x OR y") == [texts[2]])
            #expect(try await found("-rain") == [texts[3]])
        },
        Clause("what is forgotten is found no more") { bench in
            let message = bench.incoming("remember the milk")
            try await bench.receive(message, to: [])
            #expect(try await bench.ledger.search("milk", lines: nil, before: nil, limit: 9).map(\.message.id) == [message.id])
            #expect(try await bench.ledger.forget(message.id))
            #expect(try await bench.ledger.search("milk", lines: nil, before: nil, limit: 9).isEmpty)
            try await bench.receive(bench.incoming("other"), to: [])
            #expect(try await bench.ledger.search("milk", lines: nil, before: nil, limit: 9).isEmpty)
            #expect(try await bench.ledger.search("other", lines: nil, before: nil, limit: 9).count == 1)
        },
        Clause("a message is found by what joined it, also after it was searched without") { bench in
            func found(_ text: String) async throws -> [MessageID] {
                try await bench.ledger.search(text, lines: nil, before: nil, limit: 9).map(\.message.id)
            }
            let whole = try await bench.gathered(.text("the harbour"), "1")
            #expect(try await found("harbour") == [whole])
            #expect(try await bench.gathered(Part(contentType: "image/png", octets: [1], name: "lighthouse.png"), "2") == whole)
            #expect(try await found("lighthouse harbour") == [whole])
            #expect(try await bench.ledger.indexWords(limit: 9) == 0)
        },
    ]
}

extension LedgerBench {
    /// Submits what may become one message with what alice sends just before or after it.
    fileprivate func gathered(_ part: Part, _ name: String) async throws -> MessageID {
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: [.far], parts: [part],
            recordedAt: now, origin: Origin(endpoint: .softphone, person: "alice", reference: name))
        let outcome = try await ledger.submit(
            message, key: name, deliveries: [sending(message, due: now + .seconds(3))], gathering: Gathering(quiet: .seconds(3)))
        return outcome.message
    }
}
