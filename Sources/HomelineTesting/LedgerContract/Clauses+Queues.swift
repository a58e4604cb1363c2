import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let queues: [Clause] = [
        Clause("a claim carries everything an attempt needs, and opens it") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            let claim = try #require(try await bench.claim().first)
            #expect(claim.delivery == delivery)
            #expect(claim.message == message)
            #expect(claim.queue == DeliveryQueue(destination: delivery.destination, message: message))
            #expect(claim.attempt.delivery == delivery.id)
            #expect(claim.attempt.number == 1)
            #expect(claim.attempt.openedAt == bench.now)
            #expect(claim.acceptedSegments.isEmpty)
            #expect(try await bench.state(of: delivery) == .claimed)
            #expect(try await bench.state(of: message) == .queued)
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.kinds(of: message) == [.message, .planned, .attempted])
        },
        Clause("a message's number is small, its own, and the same on every attempt") { bench in
            try await bench.submit(bench.outgoing(to: [.far]))
            try await bench.submit(bench.outgoing(to: [.other]))
            let claims = try await bench.claim()
            #expect(Set(claims.map(\.messageNumber)).count == 2)
            #expect(claims.allSatisfy { (1...10).contains($0.messageNumber) })
            try await bench.settle(claims[0], .deferred(Failure(.timeout), until: bench.now))
            let again = try #require(try await bench.claim().first)
            #expect(again.messageNumber == claims[0].messageNumber)
            #expect(again.attempt.number == 2)
        },
        Clause("only the oldest open delivery of a queue is claimed; the next follows when it is settled") { bench in
            for text in ["1", "2", "3"] { try await bench.submit(bench.outgoing(text)) }
            for text in ["1", "2", "3"] {
                let claims = try await bench.claim()
                #expect(claims.map(\.message.text) == [text])
                #expect(try await bench.claim().isEmpty)
                for claim in claims { try await bench.settle(claim, .accepted(reference: nil)) }
            }
            #expect(try await bench.claim().isEmpty)
        },
        Clause("a deferred head holds its own queue and no other") { bench in
            for text in ["1", "2"] { try await bench.submit(bench.outgoing(text)) }
            try await bench.submit(bench.outgoing("other", to: [.other]))
            let claims = try await bench.claim()
            #expect(Set(claims.map(\.message.text)) == ["1", "other"])
            for claim in claims { try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now + .seconds(10))) }
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.nextDue(.trunk("home")) == bench.now + .seconds(10))
            bench.clock.advance(by: .seconds(10))
            #expect(Set(try await bench.claim().map(\.message.text)) == ["1", "other"])
        },
        Clause("what waits keeps its lifetime when the clock is set on, and waits no longer when it is set back") { bench in
            let delivery = try await bench.submit(bench.outgoing())
            let lifetime = delivery.expires - bench.now
            let claim = try #require(try await bench.claim().first)
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now + .seconds(10)))
            for step in [Duration.seconds(86_400 * 3650), .seconds(-86_400 * 3650), .seconds(-3600)] {
                try await bench.ledger.clockWasSet(by: step, at: bench.now)
                bench.clock.advance(by: step)
                let record = try #require(try await bench.ledger.deliveries(of: delivery.message).first)
                #expect(record.delivery.expires == bench.now + lifetime)
                #expect(record.delivery.due <= bench.now + .seconds(10))
                #expect(try await bench.nextDue(.trunk("home")) == record.delivery.due)
            }
            bench.clock.advance(by: .seconds(10))
            #expect(try await bench.claim().map(\.attempt.number) == [2])
        },
        Clause("a failed or doubtful head lets the next one go") { bench in
            for text in ["1", "2", "3"] { try await bench.submit(bench.outgoing(text)) }
            try await bench.settle(try #require(try await bench.claim().first), .failed(Failure(.refused)))
            let second = try #require(try await bench.claim().first)
            #expect(second.message.text == "2")
            try await bench.settle(second, .inDoubt(Failure(.lostAnswer)))
            #expect(try await bench.claim().map(\.message.text) == ["3"])
        },
        Clause("a scope claims its own deliveries, at most as many as wanted, the longest due first") { bench in
            let start = bench.now
            try await bench.submit(bench.outgoing("late", to: [.number("+1")]), due: start)
            try await bench.submit(bench.outgoing("early", to: [.number("+2")]), due: start - .seconds(5))
            try await bench.submit(bench.outgoing("office", line: "office"))
            try await bench.receive(bench.incoming("phone"), to: [.alicesPhone, .endpoint("hook")])
            #expect(try await bench.claim(limit: 1).map(\.message.text) == ["early"])
            #expect(try await bench.claim(limit: 0).isEmpty)
            #expect(try await bench.claim(limit: -1).isEmpty)
            #expect(try await bench.claim(.trunk("office")).map(\.message.text) == ["office"])
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery.destination) == [.alicesPhone])
            #expect(try await bench.claim(.endpoint("hook")).map(\.delivery.destination) == [.endpoint("hook")])
            #expect(try await bench.claim().map(\.message.text) == ["late"])
        },
        Clause("each device and each conversation is a queue of its own") { bench in
            let laptop = Destination.device(.softphone, "alice", "laptop")
            try await bench.receive(bench.incoming("1"), to: [.alicesPhone, laptop])
            try await bench.receive(bench.incoming("2", from: .other), to: [.alicesPhone])
            #expect(try await bench.claim(.endpoint(.softphone)).count == 3)
        },
        Clause("each receiver of an endpoint is a queue of its own: one that is away holds up no other's later messages") { bench in
            let receivers: [Destination] = [.receiver("voipms", "alice/callback"), .receiver("voipms", "bob/callback")]
            for text in ["1", "2"] { try await bench.receive(bench.incoming(text), to: receivers) }
            let heads = try await bench.claim(.endpoint("voipms"))
            #expect(heads.map(\.message.text) == ["1", "1"] && heads.map(\.delivery.destination) == receivers)
            try await bench.settle(heads[0], .deferred(Failure(.unreachable), until: bench.now + .seconds(1800)))
            try await bench.settle(heads[1], .accepted(reference: nil))
            let next = try await bench.claim(.endpoint("voipms"))
            #expect(next.map(\.message.text) == ["2"] && next.map(\.delivery.destination) == [receivers[1]])
            #expect(try await bench.nextDue(.endpoint("voipms")) == bench.now + .seconds(1800))
            bench.clock.advance(by: .seconds(1800))
            #expect(try await bench.claim(.endpoint("voipms")).map(\.delivery) == [heads[0].delivery.due(at: bench.now)])
        },
        Clause("nothing is claimed before it is due, and the next due time is told") { bench in
            #expect(try await bench.nextDue(.trunk("home")) == nil)
            try await bench.submit(bench.outgoing(), due: bench.now + .seconds(30))
            try await bench.submit(bench.outgoing(to: [.other]), due: bench.now + .seconds(20))
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.nextDue(.trunk("home")) == bench.now + .seconds(20))
            #expect(try await bench.nextDue(.trunk("office")) == nil)
            #expect(try await bench.nextDue(.endpoint(.softphone)) == nil)
        },
        Clause("what has expired is due, so that it can be given up") { bench in
            try await bench.submit(bench.outgoing(), due: .distantFuture, expires: bench.now + .seconds(60))
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.nextDue(.trunk("home")) == bench.now + .seconds(60))
            bench.clock.advance(by: .seconds(60))
            #expect(try await bench.claim().map(\.delivery.due) == [.distantFuture])
        },
        Clause("a line that is back makes due what waits for it, and nothing else") { bench in
            let later = bench.now + .seconds(900)
            for text in ["1", "2"] { try await bench.submit(bench.outgoing(text), due: later) }
            try await bench.submit(bench.outgoing("office", line: "office"), due: later)
            try await bench.ledger.expedite(line: "home", now: bench.now)
            #expect(try await bench.claim().map(\.message.text) == ["1"])
            #expect(try await bench.claim(.trunk("office")).isEmpty)
            #expect(try await bench.nextDue(.trunk("office")) == later)
        },
        Clause("the backlog counts what is open or in doubt") { bench in
            #expect(try await bench.ledger.backlog().isEmpty)
            for recipient in ["+1", "+2", "+3", "+4"] { try await bench.submit(bench.outgoing(to: [.number(recipient)])) }
            let claims = try await bench.claim(limit: 3)
            try await bench.settle(claims[0], .inDoubt(Failure(.lostAnswer)))
            try await bench.settle(claims[1], .accepted(reference: nil))
            #expect(try await bench.ledger.backlog() == [.pending: 1, .claimed: 1, .inDoubt: 1])
        },
    ]
}
