import Exchange
import Telephony
import Testing

extension PersonalContract {
    static let pages: [Clause] = [
        Clause("a page of a conversation is found by its time") { bench, book in
            var messages: [Message] = []
            for number in 0..<6 {
                messages.append(bench.incoming("\(number)"))
                try await bench.receive(messages[number], to: [])
                try await bench.receive(bench.incoming("else", from: .other), to: [])
                bench.clock.advance(by: .seconds(60))
            }
            let number = try #require(try await bench.ledger.conversationNumber(of: messages[0].id))
            func end(_ message: Int, _ limit: Int) async throws -> MessageID? {
                try await book.end(ofPageAt: messages[message].recordedAt, in: number, limit: limit)
            }
            #expect(try await end(1, 2) == messages[3].id)
            #expect(try await end(0, 1) == messages[1].id)
            #expect(try await end(4, 2) == nil)
            #expect(try await book.end(ofPageAt: messages[0].recordedAt - .seconds(999), in: number, limit: 3) == messages[3].id)
            #expect(try await book.end(ofPageAt: messages[2].recordedAt - .seconds(1), in: number, limit: 1) == messages[3].id)
            #expect(try await book.end(ofPageAt: bench.now, in: number, limit: 1) == nil)
        },
        Clause("a conversation's pictures are found, the youngest first") { bench, book in
            var pictures: [Message] = []
            for number in 0..<3 {
                pictures.append(bench.picture("image/png"))
                try await bench.receive(pictures[number], to: [])
                try await bench.receive(bench.incoming("text"), to: [])
                try await bench.receive(bench.picture("audio/amr"), to: [])
            }
            try await bench.receive(bench.picture("image/png", from: .other), to: [])
            let number = try #require(try await bench.ledger.conversationNumber(of: pictures[0].id))
            #expect(try await book.pictures(in: number, before: nil, limit: 2).map(\.message.id) == [pictures[2].id, pictures[1].id])
            #expect(try await book.pictures(in: number, before: pictures[1].id, limit: 2).map(\.message.id) == [pictures[0].id])
        },
    ]
}

extension LedgerBench {
    fileprivate func picture(_ type: String, from sender: Address = .far) -> Message {
        Message(
            id: mint.identifier(), line: "home", direction: .incoming, sender: sender, participants: [sender],
            parts: [Part(contentType: type, octets: [1, 2], name: "a"), Part(contentType: type, octets: [3], name: "b")], recordedAt: now)
    }
}
