import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let readings: [Clause] = [
        Clause("a message consumes its receipts, and its timeline begins with them") { bench in
            let ids = try await bench.ledger.record([bench.receipt([1]), bench.receipt([2])])
            let message = bench.incoming()
            let delivery = bench.delivery(of: message, to: .alicesPhone)
            try await bench.ledger.commit([Reading(receipts: ids, result: .message(message, deliveries: [delivery]), at: bench.now)])
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
            #expect(try await bench.ledger.unreadReceipts(line: nil).isEmpty)
            let record = try await bench.ledger.message(message.id)
            #expect(record == MessageRecord(message: message, state: .received, failure: nil))
            #expect(try await bench.ledger.deliveries(of: message.id).map(\.delivery) == [delivery])
            #expect(try await bench.kinds(of: message) == [.received, .received, .message, .planned])
        },
        Clause("incomplete receipts stay unread") { bench in
            let receipt = bench.receipt()
            let ids = try await bench.ledger.record([receipt])
            try await bench.ledger.commit([Reading(receipts: ids, result: .incomplete, at: bench.now)])
            #expect(try await bench.ledger.unreadReceipts(line: "home") == [receipt])
        },
        Clause("undecodable receipts are kept aside, told, and come back on replay") { bench in
            let receipt = bench.receipt()
            let ids = try await bench.ledger.record([receipt])
            try await bench.ledger.commit([Reading(receipts: ids, result: .undecodable("userLength at octet 7"), at: bench.now)])
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
            let entry = try #require(try await bench.ledger.entries(after: 1, limit: 10).first)
            #expect(entry.kind == .undecodable)
            #expect(entry.detail == "userLength at octet 7")
            #expect(try await bench.ledger.replayUndecodable() == 1)
            #expect(try await bench.ledger.unreadReceipts(line: "home") == [receipt])
            #expect(try await bench.ledger.replayUndecodable() == 0)
        },
        Clause("what is not for people is consumed and told, and is not replayed") { bench in
            let ids = try await bench.ledger.record([bench.receipt()])
            try await bench.ledger.commit([Reading(receipts: ids, result: .notForPeople("SIM data"), at: bench.now)])
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
            #expect(try await bench.ledger.entries(after: 1, limit: 10).map(\.kind) == [.notForPeople])
            #expect(try await bench.ledger.replayUndecodable() == 0)
        },
        Clause("a receipt is consumed once; the second commit stores nothing at all") { bench in
            let ids = try await bench.ledger.record([bench.receipt([1]), bench.receipt([2])])
            try await bench.ledger.commit([Reading(receipts: [ids[0]], result: .message(bench.incoming(), deliveries: []), at: bench.now)])
            let (one, two) = (bench.incoming(), bench.incoming())
            await expectConflict {
                try await bench.ledger.commit([
                    Reading(receipts: [ids[1]], result: .message(one, deliveries: []), at: bench.now),
                    Reading(receipts: [ids[0]], result: .message(two, deliveries: []), at: bench.now),
                ])
            }
            #expect(try await bench.ledger.message(one.id) == nil)
            #expect(try await bench.ledger.message(two.id) == nil)
            #expect(try await bench.ledger.unreadReceipts(line: "home").map(\.id) == [ids[1]])
        },
        Clause("a reading of a receipt that does not exist is refused") { bench in
            await expectConflict {
                let id: ReceiptID = bench.mint.identifier()
                try await bench.ledger.commit([Reading(receipts: [id], result: .undecodable("x"), at: bench.now)])
            }
        },
    ]
}
