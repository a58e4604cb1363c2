import Exchange
import Telephony
import Testing

/// Sends in doubt that are not simply held.
extension LedgerContract {
    static let doubts: [Clause] = [
        Clause("a repeated send is due at once, from the first segment without an answer, and the timeline says so") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 1, of: 2)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 1, of: 2, at: bench.now)
            #expect(claim.earlierDoubts == 0)
            try await bench.settle(claim, .repeated(Failure(.lostAnswer)))
            #expect(try await bench.kinds(of: message).suffix(2) == [.inDoubt, .repeated])
            #expect(try await bench.state(of: message) == .queued)
            let again = try #require(try await bench.claim().first)
            #expect(again.earlierDoubts == 1)
            #expect(again.acceptedSegments == [0: "10"])
            try await bench.ledger.willSubmit(again.attempt.id, segment: 1, of: 2, at: bench.now)
            try await bench.settle(again, .inDoubt(Failure(.lostAnswer)))
            #expect(try await bench.state(of: message) == .inDoubt)
        },
        Clause("recovery repeats what the judge says, who is told of earlier doubts") { bench in
            let message = bench.outgoing()
            var claim = try await bench.send(message, accepted: 0, of: 1)
            for earlier in 0...1 {
                try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
                let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now) { send in
                    #expect(send.earlierDoubts == earlier)
                    return earlier == 0 ? .repeated : .stands(news: [])
                }
                #expect(found.map(\.state) == [earlier == 0 ? .pending : .inDoubt])
                #expect(try await bench.kinds(of: message).last == (earlier == 0 ? .repeated : .inDoubt))
                if let again = try await bench.claim().first { claim = again }
            }
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.kinds(of: message).count { $0 == .attempted } == 2)
        },
        Clause("recovery goes on with what the judge says is resumed, from the first segment without an answer") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 1, of: 2)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 1, of: 2, at: bench.now)
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now) { _ in .resumed }
            #expect(found.map(\.state) == [.pending])
            #expect(try await bench.kinds(of: message).last == .deferred)
            let again = try #require(try await bench.claim().first)
            #expect(again.delivery.id == claim.delivery.id && Array(again.acceptedSegments.keys) == [0])
        },
        Clause("a repeated send stays before what is younger") { bench in
            let claim = try await bench.send(bench.outgoing("old"), accepted: 0, of: 1)
            try await bench.submit(bench.outgoing("young"))
            try await bench.settle(claim, .repeated(Failure(.lostAnswer)))
            #expect(try await bench.claim().map(\.message.text) == ["old"])
        },
        Clause("unanswered segments are those of open attempts and of doubtful sends, of the line, until they are settled") { bench in
            let doubtful = try await bench.doubtful(bench.outgoing("doubtful"), accepted: 1, of: 3)
            let other = bench.outgoing("open", to: [.other])
            let open = try await bench.send(other, accepted: 0, of: 1)
            try await bench.ledger.willSubmit(open.attempt.id, segment: 0, of: 1, at: bench.now)
            let expected = [
                UnansweredSegment(
                    delivery: doubtful.delivery.id, message: doubtful.message.id, index: 1, total: 3, recipients: [.far],
                    handedOverAt: bench.now, waiting: .inDoubt, othersUnreported: 2, anotherFailed: false),
                UnansweredSegment(
                    delivery: open.delivery.id, message: other.id, index: 0, total: 1, recipients: [.other], handedOverAt: bench.now,
                    waiting: .forAnswer, othersUnreported: 0, anotherFailed: false),
            ]
            #expect(Set(try await bench.ledger.unansweredSegments(line: "home")) == Set(expected))
            #expect(try await bench.ledger.unansweredSegments(line: "office").isEmpty)
            try await bench.settle(open, .accepted(reference: "20"))
            try await bench.ledger.decide(doubtful.delivery.id, .takeAsFailed, now: bench.now)
            #expect(try await bench.ledger.unansweredSegments(line: "home").isEmpty)
        },
        Clause("a report that is the answer settles a doubtful send, and news of it follows") { bench in
            let outcomes: [(DeliveryReport.Fate, DeliveryState, MessageState)] = [
                (.delivered, .delivered, .delivered), (.pending(code: 0x30), .accepted, .sent), (.failed(code: 0x46), .failed, .failed),
            ]
            for (number, (fate, state, expected)) in outcomes.enumerated() {
                let message = bench.outgoing(to: [.number("+1555020\(number)")])
                let claim = try await bench.doubtful(message, accepted: 0, of: 1)
                let news = bench.delivery(of: message, to: .alicesPhone)
                try await bench.answer(fate, as: "7\(number)", following: [news])
                #expect(try await bench.state(of: claim.delivery) == state)
                #expect(try await bench.state(of: message) == expected)
                #expect(try await bench.ledger.deliveries(of: message.id).map(\.delivery.id) == [claim.delivery.id, news.id])
                #expect(try await bench.kinds(of: message).filter { $0 == .reported || $0 == .settled } == [.reported, .settled])
                let isFinal = expected != .sent
                #expect(try await bench.ledger.reportedSegments(line: "home", reference: "7\(number)").count == (isFinal ? 1 : 0))
                #expect(try await bench.ledger.sentSegments(line: "home", reference: "7\(number)").count == (isFinal ? 0 : 1))
            }
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
        },
        Clause("a send whose doubtful segment is answered goes on with the next") { bench in
            let message = bench.outgoing()
            _ = try await bench.doubtful(message, accepted: 1, of: 3)
            try await bench.answer(.delivered, as: "70")
            #expect(try await bench.state(of: message) == .queued)
            let again = try #require(try await bench.claim().first)
            #expect(again.acceptedSegments == [0: "10", 1: "70"])
            try await bench.ledger.willSubmit(again.attempt.id, segment: 2, of: 3, at: bench.now)
        },
        Clause("a report answers only what is in doubt, else its receipt stays") { bench in
            let claim = try await bench.doubtful(bench.outgoing(), accepted: 0, of: 1)
            let segment = try #require(try await bench.ledger.unansweredSegments(line: "home").first)
            try await bench.ledger.decide(claim.delivery.id, .sendAgain, now: bench.now)
            await expectConflict { try await bench.answer(.delivered, as: "70", for: segment) }
            #expect(try await bench.ledger.unreadReceipts(line: "home").count == 1)
        },
        Clause("open deliveries are counted by scope") { bench in
            for text in ["1", "2"] { try await bench.submit(bench.outgoing(text)) }
            try await bench.submit(bench.outgoing("3", to: [.other]))
            try await bench.submit(bench.outgoing("4", line: "office"))
            try await bench.receive(bench.incoming(), to: [.alicesPhone])
            let claims = try await bench.claim()
            #expect(try await bench.ledger.openDeliveries(.trunk("home")) == 3)
            try await bench.settle(claims[0], .inDoubt(Failure(.lostAnswer)))
            try await bench.settle(claims[1], .accepted(reference: nil))
            #expect(try await bench.ledger.openDeliveries(.trunk("home")) == 1)
            #expect(try await bench.ledger.openDeliveries(.trunk("office")) == 1)
            #expect(try await bench.ledger.openDeliveries(.endpoint(.softphone)) == 1)
            #expect(try await bench.ledger.openDeliveries(.trunk("elsewhere")) == 0)
            #expect(try await Set(bench.ledger.openScopes()) == [.trunk("home"), .trunk("office"), .endpoint(.softphone)])
            let last = try #require(try await bench.claim(.trunk("office")).first)
            #expect(try await Set(bench.ledger.openScopes()).contains(.trunk("office")))
            try await bench.settle(last, .accepted(reference: nil))
            #expect(try await Set(bench.ledger.openScopes()) == [.trunk("home"), .endpoint(.softphone)])
        },
        Clause("news of a decision is stored with it") { bench in
            let claim = try await bench.doubtful(bench.outgoing(), accepted: 0, of: 1)
            let news = bench.delivery(of: claim.message, to: .alicesPhone, content: .status(.failed(.far, Failure(.refused))))
            try await bench.ledger.decide(claim.delivery.id, .takeAsFailed, now: bench.now, lifetime: { _ in .zero }) { message, delivery in
                message == claim.message && delivery.id == claim.delivery.id ? [news] : []
            }
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery) == [news])
        },
    ]
}
