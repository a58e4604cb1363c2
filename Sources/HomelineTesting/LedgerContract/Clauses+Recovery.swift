import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let recovery: [Clause] = [
        Clause("an attempt that handed nothing over is made again") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            _ = try await bench.claim()
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
            #expect(found == [Recovered(delivery: delivery.id, message: message.id, state: .pending)])
            let again = try #require(try await bench.claim().first)
            #expect(again.delivery.id == delivery.id)
            #expect(again.attempt.number == 2)
            #expect(try await bench.kinds(of: message).suffix(3) == [.attempted, .deferred, .attempted])
        },
        Clause("a send is in doubt exactly when a handed-over segment has no answer") { bench in
            for (accepted, handedOver, expected) in [(0, 1, DeliveryState.inDoubt), (1, 0, .pending), (1, 1, .inDoubt), (2, 0, .pending)] {
                let message = bench.outgoing(to: [.number("+\(accepted)\(handedOver)")])
                let claim = try await bench.send(message, accepted: accepted, of: 3)
                for segment in accepted..<accepted + handedOver {
                    try await bench.ledger.willSubmit(claim.attempt.id, segment: segment, of: 3, at: bench.now)
                }
                let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
                #expect(found == [Recovered(delivery: claim.delivery.id, message: message.id, state: expected)])
                #expect(try await bench.state(of: claim.delivery) == expected)
                if expected == .inDoubt {
                    #expect(try await bench.ledger.message(message.id)?.failure?.cause == .interrupted)
                    #expect(try await bench.kinds(of: message).last == .inDoubt)
                    #expect(try await bench.claim().isEmpty)
                } else {
                    let again = try #require(try await bench.claim().first)
                    #expect(again.acceptedSegments.count == accepted)
                    try await bench.settle(again, .accepted(reference: nil))
                }
            }
        },
        Clause("a send whose every segment was accepted was sent, also when it has expired since, and what was reported of it counts") { bench in
            let sent = bench.outgoing(), refused = bench.outgoing(to: [.other])
            let claim = try await bench.send(sent, accepted: 2, of: 2)
            let other = try await bench.send(refused, accepted: 2, of: 2)
            let reported = try #require(try await bench.ledger.sentSegments(line: "home", reference: "11").first { $0.delivery == other.delivery.id })
            try await bench.report(.failed(code: 0x46), on: reported)
            bench.clock.advance(by: .seconds(2 * 86_400))
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
            #expect(found.map(\.state) == [.accepted, .failed])
            #expect(try await bench.state(of: claim.delivery) == .accepted)
            #expect(try await bench.ledger.message(refused.id)?.failure == Failure(.tpStatus(0x46)))
            #expect(try await bench.kinds(of: sent).last == .accepted)
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now).isEmpty)
        },
        Clause("news of a doubt is added with it, and of a doubt only") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 0, of: 1)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            try await bench.submit(bench.outgoing("another", to: [.number("+15550100999")]))
            _ = try await bench.claim()
            let news = bench.delivery(of: message, to: .alicesPhone)
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now) { send in
                .stands(news: send.message.id == message.id && send.delivery.id == claim.delivery.id ? [news] : [])
            }
            #expect(found.count == 2)
            #expect(try await bench.ledger.deliveries(of: message.id).map(\.delivery.id) == [claim.delivery.id, news.id])
        },
        Clause("a claim says whether an earlier attempt handed something over that has no answer, however that attempt ended") { bench in
            for (number, (handedOver, accepted, isSo)) in [(0, 0, false), (1, 0, true), (1, 1, false), (2, 1, true)].enumerated() {
                let message = bench.outgoing(to: [.number("+155501003\(number)")])
                try await bench.submit(message)
                var claim = try #require(try await bench.claim().first)
                #expect(!claim.wasHandedOver)
                for segment in 0..<handedOver { try await bench.ledger.willSubmit(claim.attempt.id, segment: segment, of: 3, at: bench.now) }
                for segment in 0..<accepted {
                    try await bench.ledger.segmentAccepted(claim.attempt.id, segment: segment, reference: "\(10 + segment)", at: bench.now)
                }
                try await bench.settle(claim, .deferred(Failure(.unreachable), until: bench.now))
                claim = try #require(try await bench.claim().first)
                #expect(claim.wasHandedOver == isSo)
                _ = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now) { _ in .resumed }
                claim = try #require(try await bench.claim().first)
                #expect(claim.wasHandedOver == isSo)
                try await bench.settle(claim, .failed(Failure(.expired)))
            }
        },
        Clause("only leases that ran out are recovered") { bench in
            let delivery = try await bench.submit(bench.outgoing())
            let claim = try #require(try await bench.claim().first)
            let lease = bench.now + .seconds(60)
            #expect(try await bench.ledger.recover(leasedBefore: lease, now: bench.now).isEmpty)
            #expect(try await bench.state(of: delivery) == .claimed)
            #expect(try await bench.ledger.recover(leasedBefore: lease + .milliseconds(1), now: bench.now).count == 1)
            await expectConflict { try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now) }
            await expectConflict { try await bench.settle(claim, .accepted(reference: nil)) }
        },
        Clause("an attempt that is being made is left alone, whatever its lease; a lost claim beside it is not") { bench in
            let kept = try await bench.submit(bench.outgoing())
            let lost = try await bench.submit(bench.outgoing(to: [.other]))
            let claims = try await bench.claim()
            let open = Set(claims.filter { $0.delivery.id == kept.id }.map(\.attempt.id))
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, keeping: open, now: bench.now) { _ in .stands(news: []) }
            #expect(found.map(\.delivery) == [lost.id])
            #expect(try await bench.state(of: kept) == .claimed)
            #expect(try await bench.claim().map(\.delivery.id) == [lost.id])
            for claim in claims where claim.delivery.id == kept.id { try await bench.settle(claim, .accepted(reference: nil)) }
            #expect(try await bench.state(of: kept) == .accepted)
        },
        Clause("a recovered delivery is again the head of its queue") { bench in
            for text in ["1", "2"] { try await bench.submit(bench.outgoing(text)) }
            _ = try await bench.claim()
            _ = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
            #expect(try await bench.claim().map(\.message.text) == ["1"])
        },
        Clause("the trunk's late word ends the doubt that recovery left") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 0, of: 1)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            _ = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
            await expectConflict { try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now) }
            try await bench.ledger.segmentAccepted(claim.attempt.id, segment: 0, reference: "5", at: bench.now)
            try await bench.settle(claim, .accepted(reference: nil))
            #expect(try await bench.state(of: message) == .sent)
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "5").count == 1)
        },
        Clause("the writer's news of a doubt is stored with it, once, and nobody is told of what is made again") { bench in
            let doubtful = bench.outgoing("doubtful")
            let claim = try await bench.send(doubtful, accepted: 0, of: 1)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            let harmless = bench.outgoing("harmless", to: [.other])
            _ = try await bench.send(harmless, accepted: 0, of: 1)
            for _ in 0..<2 {
                _ = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now) { send in
                    let notice = StatusNotice.inDoubt(.far, Failure(.interrupted, "\(send.delivery.id)"))
                    return .stands(news: [bench.delivery(of: send.message, to: .alicesPhone, content: .status(notice))])
                }
            }
            let news = try await bench.claim(.endpoint(.softphone))
            #expect(news.map(\.message) == [doubtful])
            #expect(news.map(\.delivery.content) == [.status(.inDoubt(.far, Failure(.interrupted, "\(claim.delivery.id)")))])
        },
        Clause("what nobody serves fails when it has expired, with news of it, and waits untouched before") { bench in
            let lost = bench.outgoing("lost"), also = bench.outgoing("also"), later = bench.outgoing("later", to: [.other]), kept = bench.outgoing("kept", line: "office")
            for message in [lost, also, kept] { try await bench.submit(message, expires: bench.now + .seconds(60)) }
            try await bench.submit(later, expires: bench.now + .seconds(3600))
            let failure = Failure(.expired, "nobody is there")
            let served: Set<ClaimScope> = [.trunk("office"), .endpoint(.softphone)]
            let news: @Sendable (Message, Delivery, Settlement.Result) -> [Delivery] = { message, _, _ in
                [bench.delivery(of: message, to: .alicesPhone, content: .status(.failed(.far, failure)))]
            }
            for seconds in [0, 60] {
                bench.clock.advance(by: .seconds(seconds))
                for _ in 0..<3 {
                    let ended = try await bench.ledger.giveUpExpired(besides: served, failure, now: bench.now, limit: 1, news: news)
                    #expect(ended <= (seconds == 0 ? 0 : 1))
                }
            }
            #expect(try await bench.state(of: lost) == .failed)
            #expect(try await bench.state(of: also) == .failed)
            #expect(try await bench.state(of: kept) == .queued)
            #expect(try await bench.ledger.message(also.id)?.failure == failure)
            #expect(try await bench.kinds(of: lost).suffix(2) == [.failed, .planned])
            #expect(Set(try await bench.claim(.endpoint(.softphone)).map(\.message)) == [lost])
            #expect(try await bench.claim().map(\.message) == [later])
        },
        Clause("what nobody serves and may have left is in doubt when it has expired") { bench in
            let message = bench.outgoing(), delivery = try await bench.submit(message, expires: bench.now + .seconds(60))
            let claim = try #require(try await bench.claim().first)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now + .seconds(600)))
            bench.clock.advance(by: .seconds(60))
            let ended = try await bench.ledger.giveUpExpired(besides: [.endpoint(.softphone)], Failure(.expired, "gone"), now: bench.now, limit: 9) { message, _, result in
                guard case .inDoubt(let failure) = result else { return [] }
                return [bench.delivery(of: message, to: .alicesPhone, content: .status(.inDoubt(.far, failure)))]
            }
            #expect(ended == 1)
            #expect(try await bench.state(of: delivery) == .inDoubt)
            #expect(try await bench.ledger.message(message.id)?.failure == Failure(.lostAnswer, "gone"))
            let news = try await bench.claim(.endpoint(.softphone)).map(\.delivery.content)
            #expect(news == [.status(.inDoubt(.far, Failure(.lostAnswer, "gone")))])
            try await bench.ledger.decide(claim.delivery.id, .takeAsSent, now: bench.now)
            #expect(try await bench.state(of: message) == .sent)
        },
        Clause("deliveries to devices and endpoints are always made again") { bench in
            try await bench.receive(bench.incoming(), to: [.alicesPhone, .endpoint("hook")])
            _ = try await bench.claim(.endpoint(.softphone))
            _ = try await bench.claim(.endpoint("hook"))
            let found = try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now)
            #expect(found.map(\.state) == [.pending, .pending])
            #expect(try await bench.claim(.endpoint(.softphone)).count == 1)
        },
    ]
}
