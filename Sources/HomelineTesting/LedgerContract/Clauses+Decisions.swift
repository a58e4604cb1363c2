import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let decisions: [Clause] = [
        Clause("a person who takes a doubtful send as sent or as failed settles it") { bench in
            for (decision, state, expected) in [
                (DoubtDecision.takeAsSent, DeliveryState.accepted, MessageState.sent), (.takeAsFailed, .failed, .failed),
            ] {
                let message = bench.outgoing()
                let claim = try await bench.send(message, accepted: 0, of: 1)
                try await bench.settle(claim, .inDoubt(Failure(.lostAnswer)))
                try await bench.ledger.decide(claim.delivery.id, decision, now: bench.now)
                #expect(try await bench.state(of: claim.delivery) == state)
                #expect(try await bench.state(of: message) == expected)
                #expect(try await bench.ledger.message(message.id)?.failure == (decision == .takeAsFailed ? Failure(.lostAnswer) : nil))
                #expect(try await bench.kinds(of: message).last == .settled)
            }
        },
        Clause("a doubtful send is sent again from the first segment without an answer, before what is younger") { bench in
            let claim = try await bench.send(bench.outgoing("old"), accepted: 1, of: 2)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 1, of: 2, at: bench.now)
            try await bench.settle(claim, .inDoubt(Failure(.lostAnswer)))
            for text in ["young", "younger"] { try await bench.submit(bench.outgoing(text)) }
            let young = try #require(try await bench.claim().first)
            try await bench.ledger.decide(claim.delivery.id, .sendAgain, now: bench.now)
            #expect(try await bench.claim().isEmpty)
            try await bench.settle(young, .accepted(reference: nil))
            let again = try #require(try await bench.claim().first)
            #expect(again.message.text == "old")
            #expect(again.acceptedSegments == [0: "10"])
            try await bench.ledger.willSubmit(again.attempt.id, segment: 1, of: 2, at: bench.now)
        },
        Clause("what a person has sent again has its lifetime anew, from the decision on") { bench in
            let claim = try await bench.doubtful(bench.outgoing(), accepted: 0, of: 1)
            bench.clock.advance(by: .seconds(3 * 86_400))
            try await bench.ledger.decide(claim.delivery.id, .sendAgain, now: bench.now, lifetime: { _ in .seconds(3600) }) { _, _ in [] }
            let again = try #require(try await bench.claim().first)
            #expect(again.delivery.id == claim.delivery.id && again.delivery.expires == bench.now + .seconds(3600))
        },
        Clause("only what is in doubt is decided") { bench in
            let delivery = try await bench.submit(bench.outgoing())
            for decision in DoubtDecision.allCases {
                await expectConflict { try await bench.ledger.decide(delivery.id, decision, now: bench.now) }
                await expectConflict { try await bench.ledger.decide(bench.mint.identifier(), decision, now: bench.now) }
            }
        },
    ]
}
