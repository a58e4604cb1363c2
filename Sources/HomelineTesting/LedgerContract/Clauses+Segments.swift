import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let segments: [Clause] = [
        Clause("each segment is told when it is handed over and when it is accepted") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 2, of: 2)
            try await bench.settle(claim, .accepted(reference: nil))
            let kinds: [TimelineEntry.Kind] = [
                .message, .planned, .attempted, .submitting, .segmentAccepted, .submitting, .segmentAccepted, .accepted,
            ]
            #expect(try await bench.kinds(of: message) == kinds)
            let details = try await bench.ledger.timeline(message.id).suffix(3).map(\.detail)
            #expect(details == ["Segment 2 of 2 is being handed over.", "Segment 2 was accepted as 11.", "Accepted."])
        },
        Clause("what was done to parts so that the carrier takes them is told, while the attempt is open") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 0, of: 1)
            try await bench.ledger.fitted(claim.attempt.id, ["The picture was made smaller.", "Its place was removed."], at: bench.now)
            let entries = try await bench.ledger.timeline(message.id).suffix(2)
            #expect(entries.map(\.detail) == ["The picture was made smaller.", "Its place was removed."])
            #expect(entries.allSatisfy { $0.kind == .fitted && $0.delivery == claim.delivery.id })
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now))
            await expectConflict { try await bench.ledger.fitted(claim.attempt.id, ["Too late."], at: bench.now) }
        },
        Clause("segments that the carrier took are known to the next attempt and may not be handed over again") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 2, of: 3)
            try await bench.settle(claim, .deferred(Failure(.cms(42)), until: bench.now))
            let again = try #require(try await bench.claim().first)
            #expect(again.acceptedSegments == [0: "10", 1: "11"])
            await expectConflict { try await bench.ledger.willSubmit(again.attempt.id, segment: 0, of: 3, at: bench.now) }
            try await bench.ledger.willSubmit(again.attempt.id, segment: 2, of: 3, at: bench.now)
        },
        Clause("a segment that the carrier refused may be handed over again") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 0, of: 1)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            try await bench.settle(claim, .deferred(Failure(.cms(42)), until: bench.now))
            let again = try #require(try await bench.claim().first)
            #expect(again.acceptedSegments.isEmpty)
            try await bench.ledger.willSubmit(again.attempt.id, segment: 0, of: 1, at: bench.now)
        },
        Clause("nothing may be handed over without an open attempt") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 0, of: 1)
            await expectConflict { try await bench.ledger.willSubmit(bench.mint.identifier(), segment: 0, of: 1, at: bench.now) }
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now))
            await expectConflict { try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now) }
            _ = try await bench.claim()
            await expectConflict { try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now) }
        },
        Clause("only a segment that was handed over can be accepted") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 1, of: 2)
            await expectConflict { try await bench.ledger.segmentAccepted(claim.attempt.id, segment: 1, reference: "9", at: bench.now) }
            await expectConflict { try await bench.ledger.segmentAccepted(claim.attempt.id, segment: 0, reference: "9", at: bench.now) }
            let unknown: AttemptID = bench.mint.identifier()
            await expectConflict { try await bench.ledger.segmentAccepted(unknown, segment: 0, reference: "9", at: bench.now) }
        },
        Clause("accepted segments are found by line and reference, the newest first") { bench in
            let claim = try await bench.send(bench.outgoing(), accepted: 2, of: 3)
            bench.clock.advance(by: .seconds(1))
            try await bench.submit(bench.outgoing(to: [.other]))
            let second = try #require(try await bench.claim().first)
            try await bench.ledger.willSubmit(second.attempt.id, segment: 0, of: 1, at: bench.now)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "10").count == 1)
            try await bench.ledger.segmentAccepted(second.attempt.id, segment: 0, reference: "10", at: bench.now)
            let found = try await bench.ledger.sentSegments(line: "home", reference: "10")
            #expect(found.map(\.recipients) == [[.other], [.far]])
            #expect(found.map(\.total) == [1, 3])
            #expect(found.map(\.othersUnreported) == [0, 2])
            #expect(found.map(\.acceptedAt) == [bench.now, bench.now - .seconds(1)])
            #expect(found.map(\.delivery) == [second.delivery.id, claim.delivery.id])
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "11").map(\.index) == [1])
            #expect(try await bench.ledger.sentSegments(line: "office", reference: "10").isEmpty)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "12").isEmpty)
        },
    ]
}
