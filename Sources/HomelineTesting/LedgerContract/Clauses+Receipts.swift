import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let receipts: [Clause] = [
        Clause("new receipts are stored and stay unread, oldest first, with all they say") { bench async throws in
            let receipts = [
                bench.receipt([1], place: "SM/1"), bench.receipt([], place: "SM/2"), bench.receipt([3], place: "SM/3", line: "office"),
            ]
            #expect(try await bench.ledger.record(receipts) == receipts.map(\.id))
            #expect(try await bench.ledger.unreadReceipts(line: "home") == Array(receipts.prefix(2)))
            #expect(try await bench.ledger.unreadReceipts(line: "office") == [receipts[2]])
            #expect(try await bench.ledger.unreadReceipts(line: "cabin").isEmpty)
            #expect(try await bench.ledger.unreadReceipts(line: nil) == receipts)
        },
        Clause("octets still held in the same place are the same receipt, also within one call") { bench in
            let first = bench.receipt()
            let id = try await bench.ledger.record([first])
            let again = [bench.receipt(), bench.receipt(place: "SM/2"), bench.receipt(place: "SM/2")]
            #expect(try await bench.ledger.record(again) == [first.id, again[1].id, again[1].id])
            #expect(id == [first.id])
            #expect(try await bench.ledger.unreadReceipts(line: "home").count == 2)
        },
        Clause("other octets, another place and another line are other receipts") { bench async throws in
            let receipts = [bench.receipt([1]), bench.receipt([2]), bench.receipt([1], place: "SM/9"), bench.receipt([1], line: "office")]
            #expect(try await bench.ledger.record(receipts) == receipts.map(\.id))
        },
        Clause("after release the same octets from the same place are something new") { bench in
            let (first, second) = (bench.receipt(), bench.receipt())
            _ = try await bench.ledger.record([first])
            try await bench.ledger.release([first.id])
            try await bench.ledger.release([first.id, bench.mint.identifier()])
            #expect(try await bench.ledger.record([second]) == [second.id])
            #expect(try await bench.ledger.unreadReceipts(line: "home") == [first, second])
        },
        Clause("a receipt consumed but not released is still the same when it is read from the SIM again") { bench in
            let first = bench.receipt()
            _ = try await bench.ledger.record([first])
            try await bench.ledger.commit([Reading(receipts: [first.id], result: .notForPeople("silent"), at: bench.now)])
            #expect(try await bench.ledger.record([bench.receipt()]) == [first.id])
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
        },
        Clause("a receipt whose name exists already stores nothing of its call") { bench in
            let first = bench.receipt([1])
            _ = try await bench.ledger.record([first])
            let twin = Receipt(id: first.id, line: "home", format: .modemPDU, place: "SM/7", octets: [7], receivedAt: bench.now)
            await expectConflict { _ = try await bench.ledger.record([bench.receipt([2]), twin]) }
            #expect(try await bench.ledger.unreadReceipts(line: "home") == [first])
        },
        Clause("a receipt is repeated when the same octets were consumed on its line before") { bench in
            let (first, elsewhere) = (bench.receipt([1], place: "SM/1"), bench.receipt([2], line: "office"))
            _ = try await bench.ledger.record([first, elsewhere])
            let again = [bench.receipt([1], place: "SM/2"), bench.receipt([2], place: "SM/2"), bench.receipt([3], place: "SM/3")]
            #expect(try await bench.ledger.repeated(again) == [], "not while the first is unread")
            for receipt in [first, elsewhere] {
                try await bench.ledger.commit([Reading(receipts: [receipt.id], result: .notForPeople("silent"), at: bench.now)])
            }
            #expect(try await bench.ledger.repeated(again) == [again[0].id])
            #expect(try await bench.ledger.repeated([first]) == [], "not of itself")
        },
        Clause("recording is told in the timeline") { bench in
            _ = try await bench.ledger.record([bench.receipt([1, 2, 3])])
            let entries = try await bench.ledger.entries(after: 0, limit: 10)
            #expect(entries.map(\.kind) == [.received])
            #expect(entries.map(\.detail) == ["3 octets recorded from SM/1."])
            #expect(entries.map(\.at) == [bench.now])
        },
    ]
}
