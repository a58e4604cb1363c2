import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let queries: [Clause] = [
        Clause("messages are paged from the oldest, of all lines or of some") { bench in
            var messages: [Message] = []
            for number in 0..<5 {
                messages.append(bench.outgoing("\(number)", line: number == 2 ? "office" : "home"))
                try await bench.submit(messages[number])
            }
            func page(_ after: MessageID?, _ limit: Int, _ lines: [LineID]? = nil) async throws -> [String] {
                try await bench.ledger.messages(after: after, limit: limit, lines: lines).map(\.message.text)
            }
            #expect(try await page(nil, 2) == ["0", "1"])
            #expect(try await page(messages[1].id, 2) == ["2", "3"])
            #expect(try await page(messages[4].id, 2).isEmpty)
            #expect(try await page(nil, 9, ["home"]) == ["0", "1", "3", "4"])
            #expect(try await page(messages[0].id, 9, ["office", "cabin"]) == ["2"])
            #expect(try await page(nil, 9, []).isEmpty)
            #expect(try await page(nil, -1).isEmpty)
            await expectConflict { _ = try await bench.ledger.messages(after: bench.mint.identifier(), limit: 1, lines: nil) }
        },
        Clause("messages are in the order of their recording, whatever the clock says") { bench in
            let first = bench.outgoing("first")
            try await bench.submit(first)
            bench.clock.advance(by: .seconds(-3600))
            try await bench.submit(bench.outgoing("second"))
            #expect(try await bench.ledger.messages(after: first.id, limit: 9, lines: nil).map(\.message.text) == ["second"])
        },
        Clause("a message is found by its endpoint's name for it") { bench in
            let message = bench.outgoing(reference: "call-7")
            try await bench.submit(message)
            #expect(try await bench.ledger.message(origin: .softphone, reference: "call-7")?.message == message)
            #expect(try await bench.ledger.message(origin: "web", reference: "call-7") == nil)
            #expect(try await bench.ledger.message(bench.mint.identifier()) == nil)
        },
        Clause("conversations are summed up, the liveliest first") { bench in
            try await bench.submit(bench.outgoing("a"))
            try await bench.submit(bench.outgoing("b", to: [.far, .other]))
            try await bench.submit(bench.outgoing("c", line: "office"))
            try await bench.receive(bench.incoming("d"), to: [])
            let all = try await bench.ledger.conversations(limit: 9, lines: nil)
            #expect(all.map(\.last.message.text) == ["d", "c", "b"])
            #expect(all.map(\.messages) == [2, 1, 1])
            #expect(all.map(\.line) == ["home", "office", "home"])
            #expect(all.map(\.participants) == [[.far], [.far], [.far, .other]])
            #expect(try await bench.ledger.conversations(limit: 1, lines: nil).map(\.messages) == [2])
            #expect(try await bench.ledger.conversations(limit: 9, lines: ["office"]).map(\.last.message.text) == ["c"])
        },
        Clause("entries rise over all messages and are resumed after the last one seen") { bench in
            #expect(try await bench.ledger.lastEntry() == 0)
            try await bench.submit(bench.outgoing("a"))
            try await bench.submit(bench.outgoing("b"))
            let all = try await bench.ledger.entries(after: 0, limit: 10)
            #expect(all.map(\.sequence) == [1, 2, 3, 4])
            #expect(try await bench.ledger.lastEntry() == 4)
            #expect(try await bench.ledger.entries(after: 2, limit: 1) == [all[2]])
            #expect(try await bench.ledger.entries(after: 4, limit: 1).isEmpty)
        },
        Clause("a line's facts are what its trunk last told") { bench in
            try await bench.ledger.update(Line(id: "office"))
            try await bench.ledger.update(Line(id: "home", facts: LineFacts(number: "+1", imsi: "2", iccid: "3", carrier: "4", imei: "5")))
            let told = Line(id: "home", facts: LineFacts(number: "+15550123", carrier: "T"))
            try await bench.ledger.update(told)
            #expect(try await bench.ledger.lines() == [told, Line(id: "office")])
        },
    ]
}
