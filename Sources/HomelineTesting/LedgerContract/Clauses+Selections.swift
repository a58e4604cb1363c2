import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let selections: [Clause] = [
        Clause("messages are selected by line, the newest first, with numbers that are theirs") { bench in
            for (text, line) in [("0", "home"), ("1", "office"), ("2", "home"), ("3", "cabin")] as [(String, LineID)] {
                try await bench.submit(bench.outgoing(text, line: line))
            }
            let found = try await bench.ledger.messages(MessageSelection(lines: ["home", "cabin"], reader: "r", limit: 9))
            #expect(found.map(\.message.text) == ["3", "2", "0"])
            #expect(found.map(\.number) == [4, 3, 1])
            #expect(found.map(\.record.state) == [.queued, .queued, .queued])
            #expect(try await bench.select(limit: 1) == ["2"])
            #expect(try await bench.ledger.messages(MessageSelection(lines: [], reader: "r", limit: 9)).isEmpty)
            #expect(try await bench.select(limit: -1).isEmpty)
        },
        Clause("they are selected by when they were recorded, the end left out") { bench in
            let start = bench.now
            for number in 0..<4 {
                try await bench.submit(bench.outgoing("\(number)"))
                bench.clock.advance(by: .seconds(10))
            }
            #expect(try await bench.select { $0.recorded = start..<(start + .seconds(20)) } == ["1", "0"])
            #expect(try await bench.select { $0.recorded = (start + .seconds(30))..<(start + .seconds(31)) } == ["3"])
            #expect(try await bench.select { $0.recorded = start..<start }.isEmpty)
        },
        Clause("they are selected by number, direction, party and what they are made of, all together") { bench in
            try await bench.receive(bench.incoming("in"), to: [])
            try await bench.submit(bench.outgoing("out"))
            try await bench.submit(bench.outgoing("other", to: [.other]))
            try await bench.submit(bench.outgoing("group", to: [.far, .other]))
            let picture = Message(
                id: bench.mint.identifier(), line: "home", direction: .incoming, sender: .far, participants: [.far, .other],
                parts: [.text("look"), Part(contentType: "image/png", octets: [1])], recordedAt: bench.now)
            try await bench.receive(picture, to: [])
            #expect(try await bench.select { $0.direction = .incoming } == ["look", "in"])
            #expect(try await bench.select { $0.party = .other } == ["other"])
            #expect(try await bench.select { $0.party = .far } == ["look", "out", "in"])
            #expect(try await bench.select { $0.content = .files } == ["look"])
            #expect(try await bench.select { $0.content = .texts } == ["group", "other", "out", "in"])
            #expect(try await bench.select { $0.number = 2 } == ["out"])
            #expect(try await bench.select { ($0.number, $0.direction) = (2, .incoming) }.isEmpty)
            #expect(try await bench.select { ($0.content, $0.party, $0.direction) = (.texts, .far, .outgoing) } == ["out"])
        },
        Clause("what one reader hid others see, and the message itself stays") { bench in
            let message = bench.outgoing("seen")
            try await bench.submit(message)
            for _ in 0..<2 { try await bench.ledger.hide(message.id, from: "alice") }
            #expect(try await bench.select { $0.reader = "alice" }.isEmpty)
            #expect(try await bench.select { ($0.reader, $0.number) = ("alice", 1) }.isEmpty)
            #expect(try await bench.select { $0.reader = "bob" } == ["seen"])
            #expect(try await bench.ledger.message(message.id) != nil)
            await expectConflict { try await bench.ledger.hide(bench.mint.identifier(), from: "alice") }
        },
        Clause("a number is never given again, even when the last message is forgotten") { bench in
            for text in ["first", "second"] { try await bench.receive(bench.incoming(text), to: []) }
            let last = try #require(try await bench.ledger.messages(MessageSelection(lines: ["home"], reader: "r", limit: 1)).first)
            try await bench.ledger.hide(last.message.id, from: "r")
            #expect(try await bench.ledger.forget(last.message.id))
            try await bench.receive(bench.incoming("third"), to: [])
            let found = try await bench.ledger.messages(MessageSelection(lines: ["home"], reader: "r", limit: 9))
            #expect(found.map(\.message.text) == ["third", "first"])
            #expect(found.map(\.number) == [3, 1])
        },
    ]
}

extension LedgerBench {
    /// The texts of what is selected of the line home.
    fileprivate func select(limit: Int = 9, _ choose: (inout MessageSelection) -> Void = { _ in }) async throws -> [String] {
        var selection = MessageSelection(lines: ["home"], reader: "r", limit: limit)
        choose(&selection)
        return try await ledger.messages(selection).map(\.message.text)
    }
}
