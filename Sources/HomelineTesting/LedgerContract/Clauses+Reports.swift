import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let reports: [Clause] = [
        Clause("a delivery is delivered when all its segments are, and news of it follows") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 2, of: 2)
            try await bench.settle(claim, .accepted(reference: nil))
            try await bench.report(.delivered, on: "10")
            #expect(try await bench.state(of: claim.delivery) == .accepted)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "10").isEmpty)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "11").map(\.othersUnreported) == [0])
            let news = bench.delivery(of: message, to: .alicesPhone, content: .status(.delivered(.far, at: bench.now)))
            try await bench.report(.delivered, on: "11", following: [news])
            #expect(try await bench.state(of: claim.delivery) == .delivered)
            #expect(try await bench.state(of: message) == .delivered)
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery) == [news])
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
            #expect(
                try await bench.kinds(of: message).filter { $0 == .reported || $0 == .received } == [
                    .received, .reported, .received, .reported,
                ])
        },
        Clause("reports that overtake the settlement are not forgotten") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 1, of: 1)
            try await bench.report(.delivered, on: "10")
            #expect(try await bench.state(of: claim.delivery) == .claimed)
            try await bench.settle(claim, .accepted(reference: nil))
            #expect(try await bench.state(of: claim.delivery) == .delivered)
        },
        Clause("a report of failure fails the delivery in the network's own code") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 2, of: 2)
            try await bench.settle(claim, .accepted(reference: nil))
            try await bench.report(.failed(code: 0x46), on: "10")
            #expect(
                try await bench.ledger.message(message.id)
                    == MessageRecord(message: message, state: .failed, failure: Failure(.tpStatus(0x46))))
            try await bench.report(.delivered, on: "11")
            #expect(try await bench.state(of: message) == .failed)
        },
        Clause("a report that the network still tries changes nothing but the timeline") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 1, of: 1)
            try await bench.settle(claim, .accepted(reference: nil))
            try await bench.report(.pending(code: 0x30), on: "10")
            #expect(try await bench.state(of: message) == .sent)
            #expect(try await bench.kinds(of: message).last == .reported)
            try await bench.report(.delivered, on: "10")
            #expect(try await bench.state(of: message) == .delivered)
        },
        Clause("a second final report on a segment consumes its receipt and tells nobody twice") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 1, of: 1)
            try await bench.settle(claim, .accepted(reference: nil))
            let segment = try #require(try await bench.ledger.sentSegments(line: "home", reference: "10").first)
            for _ in 0..<2 {
                let news = bench.delivery(of: message, to: .alicesPhone, content: .status(.delivered(.far, at: bench.now)))
                try await bench.report(.delivered, on: segment, following: [news])
            }
            try await bench.report(.failed(code: 0x40), on: segment)
            #expect(try await bench.state(of: claim.delivery) == .delivered)
            #expect(try await bench.ledger.deliveries(of: message.id).count == 2)
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
        },
        Clause("a segment tells whether another one of its message failed") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 3, of: 3)
            let first = try #require(try await bench.ledger.sentSegments(line: "home", reference: "10").first)
            #expect(!first.anotherFailed)
            try await bench.report(.failed(code: 0x40), on: first)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "11").map(\.anotherFailed) == [true])
            #expect(claim.message.id == first.message)
        },
        Clause("a report on a segment that was never accepted is refused and its receipt stays") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 0, of: 1)
            let segment = SentSegment(
                delivery: claim.delivery.id, message: claim.message.id, index: 0, total: 1, reference: "10", recipients: [.far],
                acceptedAt: bench.now, othersUnreported: 0, anotherFailed: false)
            await expectConflict { try await bench.report(.delivered, on: segment) }
            #expect(try await bench.ledger.unreadReceipts(line: "home").count == 1)
        },
    ]
}
