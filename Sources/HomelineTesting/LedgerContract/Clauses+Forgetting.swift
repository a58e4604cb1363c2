import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let forgetting: [Clause] = [
        Clause("messages that are over are forgotten with all that is known of them, the oldest first") { bench in
            let old = bench.incoming("old")
            try await bench.receive(old, to: [])
            let waiting = bench.outgoing("waiting")
            try await bench.submit(waiting)
            bench.clock.advance(by: .seconds(100))
            let new = bench.incoming("new")
            try await bench.receive(new, to: [])
            #expect(try await bench.ledger.forget(recordedBefore: bench.now, limit: 10) == 1)
            #expect(try await bench.ledger.message(old.id) == nil)
            #expect(try await bench.ledger.timeline(old.id).isEmpty)
            #expect(try await bench.ledger.message(waiting.id) != nil)
            #expect(try await bench.ledger.message(new.id) != nil)
            #expect(try await bench.ledger.conversations(limit: 10, lines: nil).map(\.messages) == [2])
        },
        Clause("the octets of a picture message are forgotten with it") { bench in
            let retrieval = try await bench.announce()
            let fetched = bench.fetched(retrieval)
            try await bench.ledger.note(.held(fetched), of: retrieval.id, at: bench.now)
            let message = bench.incoming("a picture")
            try await bench.ledger.commit([Reading(receipts: [fetched.id], result: .message(message, deliveries: []), at: bench.now)])
            try await bench.ledger.note(.acknowledged(transaction: "t"), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.record([bench.fetched(retrieval)]) == [fetched.id])
            #expect(try await bench.ledger.forget(message.id))
            #expect(try await bench.ledger.record([bench.fetched(retrieval)]) != [fetched.id])
        },
        Clause("receipts that no message is known from are forgotten when they are old, and what may be handed over once more is not") { bench in
            let handedOver = bench.handedOver("text"), held = bench.receipt(Array("held".utf8)), useless = bench.handedOver("useless")
            let unread = bench.handedOver("unread"), listed = bench.handedOver("listed")
            _ = try await bench.ledger.record([handedOver, held, useless, unread, listed])
            let message = bench.incoming("text")
            try await bench.ledger.commit([
                Reading(receipts: [handedOver.id], result: .message(message, deliveries: []), at: bench.now),
                Reading(receipts: [held.id], result: .notForPeople("held"), at: bench.now),
                Reading(receipts: [useless.id], result: .notForPeople("useless"), at: bench.now),
                Reading(receipts: [listed.id], result: .notForPeople("listed"), at: bench.now),
            ])
            try await bench.ledger.release([handedOver.id, useless.id])
            #expect(try await bench.ledger.forgetReceipts(receivedBefore: bench.now, limit: 10) == 0)
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.ledger.forgetReceipts(receivedBefore: bench.now, limit: 10) == 1)
            #expect(try await bench.ledger.forget(message.id))
            let again = try await bench.ledger.record([
                bench.handedOver("text"), bench.receipt(Array("held".utf8)), bench.handedOver("useless"), bench.handedOver("unread"),
                bench.handedOver("listed"),
            ])
            #expect(again[0] != handedOver.id && again[1] == held.id && again[2] != useless.id && again[3] == unread.id && again[4] == listed.id)
        },
        Clause("one message is forgotten when nothing is to be done for it, and its media is named no longer") { bench in
            let message = Message(
                id: bench.mint.identifier(), line: "home", direction: .incoming, sender: .far, participants: [.far], parts: [try media("a")],
                recordedAt: bench.now)
            let deliveries = try await bench.receive(message, to: [.alicesPhone])
            await expectConflict { _ = try await bench.ledger.forget(message.id) }
            let claim = try #require(try await bench.claim(.endpoint(.softphone)).first)
            #expect(claim.delivery == deliveries.first)
            try await bench.settle(claim, .accepted(reference: nil))
            #expect(try await bench.ledger.forget(message.id))
            #expect(try await bench.ledger.forget(message.id) == false)
            #expect(try await bench.ledger.namedMedia(among: [String(repeating: "a", count: 64)]).isEmpty)
            #expect(try await bench.ledger.conversations(limit: 10, lines: nil).isEmpty)
        },
        Clause("who reads on after the last entry misses nothing, also where that one is forgotten") { bench in
            let old = bench.incoming("old")
            try await bench.receive(old, to: [])
            var seen = try await bench.ledger.lastEntry()
            #expect(try await bench.ledger.forget(old.id))
            #expect(try await bench.ledger.lastEntry() == seen)
            let new = bench.incoming("new")
            try await bench.receive(new, to: [])
            let told = try await bench.ledger.entries(after: seen, limit: 9)
            #expect(told.contains { $0.kind == .message && $0.message == new.id })
            let useless = bench.handedOver("useless")
            _ = try await bench.ledger.record([useless])
            try await bench.ledger.commit([Reading(receipts: [useless.id], result: .notForPeople("useless"), at: bench.now)])
            try await bench.ledger.release([useless.id])
            seen = try await bench.ledger.lastEntry()
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.ledger.forgetReceipts(receivedBefore: bench.now, limit: 10) == 1)
            _ = try await bench.ledger.record([bench.handedOver("another")])
            #expect(try await bench.ledger.entries(after: seen, limit: 9).map(\.kind) == [.received])
        },
        Clause("the number of a conversation is never another's, also where it is forgotten") { bench in
            let old = bench.incoming("old"), new = bench.incoming("new", from: .other)
            try await bench.receive(old, to: [])
            let number = try #require(try await bench.ledger.conversationNumber(of: old.id))
            #expect(try await bench.ledger.forget(old.id))
            try await bench.receive(new, to: [])
            let other = try #require(try await bench.ledger.conversationNumber(of: new.id))
            #expect(other != number)
        },
    ]
}
