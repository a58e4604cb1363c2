import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let settlements: [Clause] = [
        Clause("an accepted delivery keeps the peer's reference, and its message is sent") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            try await bench.settle(try #require(try await bench.claim().first), .accepted(reference: "gw-1"))
            let record = DeliveryRecord(delivery: delivery, state: .accepted, attempts: 1, failure: nil, reference: "gw-1")
            #expect(try await bench.ledger.deliveries(of: message.id) == [record])
            #expect(try await bench.state(of: message) == .sent)
            #expect(try await bench.ledger.timeline(message.id).last?.detail == "Accepted as gw-1.")
        },
        Clause("a trunk that keeps no diary of segments has its one reference matched by reports") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            try await bench.settle(try #require(try await bench.claim().first), .accepted(reference: "gw-1"))
            try await bench.report(.delivered, on: "gw-1")
            #expect(try await bench.state(of: delivery) == .delivered)
        },
        Clause("what is expedited during its attempt does not wait for what has come already") { bench in
            try await bench.ledger.save(bench.person("alice"))
            try await bench.submit(bench.outgoing())
            try await bench.receive(bench.incoming(), to: [.alicesPhone, .device(.softphone, "alice", "laptop")])
            let sending = try #require(try await bench.claim().first)
            let bringing = try await bench.claim(.endpoint(.softphone))
            try await bench.ledger.expedite(line: "home", now: bench.now)
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "phone", now: bench.now)
            for claim in [sending] + bringing { try await bench.settle(claim, .deferred(Failure(.unreachable), until: .distantFuture)) }
            let again = try #require(try await bench.claim().first)
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery.destination) == [.alicesPhone])
            // It counts for the attempt it came in, and for no other.
            try await bench.settle(again, .deferred(Failure(.unreachable), until: .distantFuture))
            #expect(try await bench.claim().isEmpty)
        },
        Clause("that somebody has a message is news once, however many of their devices take it") { bench in
            let message = bench.outgoing(to: [.person("bob"), .person("carol")], line: .house)
            let devices = [("bob", "phone"), ("bob", "tablet"), ("carol", "phone")] as [(PersonID, DeviceID)]
            let deliveries = devices.map { bench.delivery(of: message, to: .device(.softphone, $0.0, $0.1)) }
            _ = try await bench.ledger.submit(message, key: "house", deliveries: deliveries)
            for claim in try await bench.claim(.endpoint(.softphone)) {
                guard case .device(_, let person, _) = claim.delivery.destination else { continue }
                let news = ["phone", "laptop"].map { device in
                    bench.delivery(
                        of: message, to: .device(.softphone, "alice", DeviceID(device)),
                        content: .status(.delivered(.person(person), at: bench.now)))
                }
                try await bench.settle(claim, .accepted(reference: nil), following: news)
            }
            let told = try await bench.ledger.deliveries(of: message.id).compactMap { record -> String? in
                guard case .status(.delivered(let whom, _)) = record.delivery.content, case .device(_, _, let device?) = record.delivery.destination
                else { return nil }
                return "\(device): \(whom.text)"
            }
            #expect(told == ["phone: bob", "laptop: bob", "phone: carol", "laptop: carol"])
        },
        Clause("a message that nobody is brought says so in its timeline, and others do not") { bench in
            let alone = bench.incoming("alone")
            try await bench.receive(alone, to: [])
            #expect(try await bench.ledger.timeline(alone.id).last?.detail.contains("Nobody is there") == true)
            let brought = bench.incoming("brought", from: .other)
            try await bench.receive(brought, to: [.alicesPhone])
            #expect(try await bench.ledger.timeline(brought.id).contains { $0.detail.contains("Nobody") } == false)
            let within = bench.outgoing(to: [.person("bob")], line: .house)
            _ = try await bench.ledger.submit(within, key: "nobody", deliveries: [])
            #expect(try await bench.ledger.timeline(within.id).last?.detail.contains("Nobody is there") == true)
        },
        Clause("a deferred delivery keeps its failure and waits") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            let failure = Failure(.cms(331), "no network")
            try await bench.settle(try #require(try await bench.claim().first), .deferred(failure, until: bench.now + .seconds(60)))
            let record = try #require(try await bench.ledger.deliveries(of: message.id).first)
            #expect(record.state == .pending)
            #expect(record.failure == failure)
            #expect(record.attempts == 1)
            #expect(record.delivery.due == bench.now + .seconds(60))
            #expect(record.delivery.expires == delivery.expires)
            #expect(try await bench.state(of: message) == .queued)
            #expect(try await bench.ledger.timeline(message.id).last?.kind == .deferred)
        },
        Clause("a failed delivery fails its message, and news of it follows") { bench in
            let message = bench.outgoing()
            try await bench.submit(message)
            let failure = Failure(.cms(38), "refused")
            let news = bench.delivery(of: message, to: .alicesPhone, content: .status(.failed(.far, failure)))
            try await bench.settle(try #require(try await bench.claim().first), .failed(failure), following: [news])
            #expect(try await bench.ledger.message(message.id) == MessageRecord(message: message, state: .failed, failure: failure))
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery) == [news])
            #expect(try await bench.kinds(of: message).suffix(3) == [.failed, .planned, .attempted])
        },
        Clause("a doubtful delivery leaves its message in doubt and is never claimed again by itself") { bench in
            let message = bench.outgoing()
            try await bench.submit(message)
            let failure = Failure(.lostAnswer, "no +CMGS")
            try await bench.settle(try #require(try await bench.claim().first), .inDoubt(failure))
            #expect(try await bench.ledger.message(message.id) == MessageRecord(message: message, state: .inDoubt, failure: failure))
            bench.clock.advance(by: .seconds(1_000_000))
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.ledger.recover(leasedBefore: .distantFuture, now: bench.now).isEmpty)
            #expect(try await bench.nextDue(.trunk("home")) == nil)
        },
        Clause("an attempt is settled once, and only for its own delivery") { bench in
            try await bench.submit(bench.outgoing())
            let other = try await bench.submit(bench.outgoing(to: [.other]))
            let claims = try await bench.claim()
            let claim = try #require(claims.first { $0.delivery.id != other.id })
            let wrong = Settlement(
                attempt: claim.attempt.id, delivery: other.id, result: .failed(Failure(.refused)), at: bench.now, following: [])
            await expectConflict { try await bench.ledger.settle([wrong]) }
            #expect(try await bench.state(of: claim.delivery) == .claimed)
            try await bench.settle(claim, .accepted(reference: nil))
            await expectConflict { try await bench.settle(claim, .failed(Failure(.refused))) }
            #expect(try await bench.state(of: claim.delivery) == .accepted)
        },
        Clause("settlements of one call stand or fall together") { bench in
            let deliveries = [try await bench.submit(bench.outgoing()), try await bench.submit(bench.outgoing(to: [.other]))]
            let claims = try await bench.claim()
            try await bench.settle(claims[0], .accepted(reference: nil))
            let settlements = claims.reversed().map {
                Settlement(
                    attempt: $0.attempt.id, delivery: $0.delivery.id, result: .accepted(reference: nil), at: bench.now, following: [])
            }
            await expectConflict { try await bench.ledger.settle(settlements) }
            let second = try #require(deliveries.first { $0.id == claims[1].delivery.id })
            #expect(try await bench.state(of: second) == .claimed)
        },
        Clause("a message to several parties is queued while one is open, and then as good as its worst delivery") { bench in
            let recipients: [Address] = [.number("+1"), .number("+2"), .number("+3")]
            let message = bench.outgoing(to: recipients)
            let deliveries = recipients.map { bench.delivery(of: message, to: .trunk("home", recipients: [$0])) }
            _ = try await bench.ledger.submit(message, key: "k", deliveries: deliveries)
            let claims = try await bench.claim()
            try await bench.settle(claims[0], .accepted(reference: nil))
            try await bench.settle(claims[1], .failed(Failure(.cms(38))))
            #expect(try await bench.state(of: message) == .queued)
            try await bench.settle(claims[2], .inDoubt(Failure(.lostAnswer)))
            #expect(try await bench.state(of: message) == .inDoubt)
            try await bench.ledger.decide(claims[2].delivery.id, .takeAsSent, now: bench.now)
            #expect(try await bench.ledger.message(message.id)?.state == .failed)
            #expect(try await bench.ledger.message(message.id)?.failure == Failure(.cms(38)))
        },
        Clause("what happens on the way to persons does not change an incoming message's state") { bench in
            let message = bench.incoming()
            try await bench.receive(message, to: [.alicesPhone])
            try await bench.settle(try #require(try await bench.claim(.endpoint(.softphone)).first), .failed(Failure(.expired)))
            #expect(try await bench.ledger.message(message.id) == MessageRecord(message: message, state: .received, failure: nil))
        },
    ]
}
