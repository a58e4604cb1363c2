import Exchange
import Telephony
import Testing

extension PersonalContract {
    static let held: [Clause] = [
        Clause("a message that waits for its time is there whole, for who wrote it") { bench, book in
            let parts = [Part.text("later"), Part(contentType: "image/png", octets: [0, 1, 255], name: "a\nb.png")]
            let late = bench.held(parts, due: 200), early = bench.held([.text("sooner")], due: 100)
            for message in [late, early, late.with(due: bench.now, refusal: "another")] { try await book.hold(message) }
            #expect(try await book.heldMessages(of: "alice") == [early, late])
            #expect(try await book.heldMessages(of: "bob").isEmpty)
            #expect(try await book.nextHeld() == early.due)
        },
        Clause("what is due is taken, cannot be changed any more, and comes again until it is let go") { bench, book in
            let message = bench.held([.text("x")], due: 100)
            try await book.hold(message)
            try await book.hold(bench.held([.text("y")], due: 300))
            #expect(try await book.takeHeld(due: bench.now, limit: 9).isEmpty)
            for _ in 0..<2 { #expect(try await book.takeHeld(due: message.due, limit: 9) == [message]) }
            #expect(try await book.withdraw(message.id, of: "alice") == false)
            #expect(try await book.move(message.id, of: "alice", to: bench.now) == false)
            try await book.letGo(message.id)
            #expect(try await book.takeHeld(due: message.due, limit: 9).isEmpty)
            #expect(try await book.heldMessages(of: "alice").count == 1)
        },
        Clause("its writer, and nobody else, gives it another time or takes it back") { bench, book in
            let message = bench.held([.text("x")], due: 100)
            try await book.hold(message)
            #expect(try await book.move(message.id, of: "bob", to: bench.now) == false)
            #expect(try await book.withdraw(message.id, of: "bob") == false)
            #expect(try await book.move(message.id, of: "alice", to: bench.now))
            #expect(try await book.heldMessages(of: "alice") == [message.with(due: bench.now, refusal: nil)])
            #expect(try await book.withdraw(message.id, of: "alice"))
            #expect(try await book.withdraw(message.id, of: "alice") == false)
            #expect(try await book.nextHeld() == nil)
        },
        Clause("what could not be sent says why, and is not tried again until it has another time") { bench, book in
            let message = bench.held([.text("x")], due: 0)
            try await book.hold(message)
            #expect(try await book.takeHeld(due: bench.now, limit: 9).count == 1)
            try await book.refuse(message.id, because: "no such line")
            #expect(try await book.heldMessages(of: "alice") == [message.with(due: message.due, refusal: "no such line")])
            #expect(try await book.takeHeld(due: bench.now, limit: 9).isEmpty)
            #expect(try await book.nextHeld() == nil)
            #expect(try await book.move(message.id, of: "alice", to: bench.now))
            #expect(try await book.takeHeld(due: bench.now, limit: 9).count == 1)
        },
        Clause("what is due over lines that are spared stays as it is, and takes no other's place") { bench, book in
            let first = bench.held([.text("x")], due: 0), second = bench.held([.text("y")], due: 1, over: "work")
            for message in [first, second] { try await book.hold(message) }
            #expect(try await book.takeHeld(due: second.due, limit: 1, sparing: ["home", "attic"]) == [second])
            #expect(try await book.move(first.id, of: "alice", to: bench.now))
            #expect(try await book.takeHeld(due: second.due, limit: 9, sparing: ["home", "work"]).isEmpty)
            #expect(try await book.takeHeld(due: second.due, limit: 9, sparing: []) == [first, second])
        },
        Clause("what somebody wanted sent later does not leave when they live here no more") { bench, book in
            for person in ["alice", "bob"] as [PersonID] {
                try await bench.ledger.save(Person(id: person, lines: ["home"], credentials: SIPCredentials(realm: "r", ha1MD5: "a", ha1SHA256: "b")))
            }
            let waiting = bench.held([.text("x")], due: 100), taken = bench.held([.text("y")], due: 0), other = bench.held([.text("z")], due: 0, by: "bob")
            for message in [waiting, taken, other] { try await book.hold(message) }
            _ = try await book.takeHeld(due: bench.now, limit: 1)
            try await bench.ledger.remove("alice", now: bench.now)
            #expect(try await book.heldMessages(of: "alice").isEmpty)
            #expect(try await book.takeHeld(due: waiting.due, limit: 9) == [other])
        },
    ]

    static let browsers: [Clause] = [
        Clause("a browser is called as long as it is signed in, by its latest keys") { bench, book in
            let first = PushSubscription(endpoint: "https://push.example/1", key: [4, 1], secret: [2], person: "alice", signIn: String(repeating: "a", count: 64))
            await expectConflict { try await book.save(first) }
            try await bench.ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: bench.now), keeping: nil)
            try await bench.ledger.save(SignIn(hash: first.signIn, person: "alice", startedAt: bench.now, seenAt: bench.now))
            try await book.save(first)
            let renewed = PushSubscription(endpoint: first.endpoint, key: [4, 9], secret: [8], person: "alice", signIn: first.signIn)
            try await book.save(renewed)
            #expect(try await book.pushSubscriptions() == [renewed])
            await expectConflict {
                try await book.save(PushSubscription(endpoint: "https://push.example/2", key: [], secret: [], person: "bob", signIn: first.signIn))
            }
            try await bench.ledger.signOut(first.signIn)
            #expect(try await book.pushSubscriptions().isEmpty)
        },
        Clause("a browser is called on when its secret is renewed, and the old one is gone") { bench, book in
            try await bench.ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: bench.now), keeping: nil)
            let old = SignIn(hash: String(repeating: "a", count: 64), person: "alice", startedAt: bench.now, seenAt: bench.now)
            let new = SignIn(hash: String(repeating: "b", count: 64), series: old.series, person: "alice", startedAt: bench.now, seenAt: bench.now)
            let other = SignIn(hash: String(repeating: "c", count: 64), person: "alice", startedAt: bench.now, seenAt: bench.now)
            for one in [old, other] { try await bench.ledger.save(one) }
            for (name, signIn) in [("1", old), ("2", other)] {
                try await book.save(PushSubscription(endpoint: "https://push.example/\(name)", key: [4], secret: [2], person: "alice", signIn: signIn.hash))
            }
            try await book.renew(new, replacing: old.hash, until: bench.now + .seconds(60))
            try await bench.ledger.signOut(old.hash)
            #expect(try await book.pushSubscriptions().map(\.signIn) == [new.hash, other.hash])
            #expect(try await book.end(new.series, of: "alice"))
            #expect(try await book.pushSubscriptions().map(\.signIn) == [other.hash])
        },
        Clause("a browser that is gone is called no more") { bench, book in
            let subscription = PushSubscription(endpoint: "https://push.example/1", key: [4], secret: [2], person: "alice", signIn: String(repeating: "b", count: 64))
            try await bench.ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: bench.now), keeping: nil)
            try await bench.ledger.save(SignIn(hash: subscription.signIn, person: "alice", startedAt: bench.now, seenAt: bench.now))
            try await book.save(subscription)
            #expect(try await book.removePushSubscription(at: subscription.endpoint))
            #expect(try await book.removePushSubscription(at: subscription.endpoint) == false)
            #expect(try await book.pushSubscriptions().isEmpty)
        },
    ]

    static let withdrawals: [Clause] = [
        Clause("what waits is taken back, with an entry of its life and news for its writer") { bench, book in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            let news = bench.delivery(of: message, to: .alicesPhone, content: .status(.failed(.far, .withdrawn)))
            try await book.withdraw(delivery.id, repetition: .costly, now: bench.now) { told, about, result in
                told.id == message.id && about.id == delivery.id && result == .failed(.withdrawn) ? [news] : []
            }
            #expect(try await bench.state(of: delivery) == .failed)
            #expect(try await bench.state(of: message) == .failed)
            #expect(try await bench.ledger.message(message.id)?.failure == .withdrawn)
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery.id) == [news.id])
            #expect(try await bench.kinds(of: message).contains(.failed))
            await expectConflict { try await book.withdraw(delivery.id, repetition: .costly, now: bench.now) { _, _, _ in [] } }
        },
        Clause("what waits behind what was taken back goes its way") { bench, book in
            let first = try await bench.submit(bench.outgoing("first"))
            try await bench.submit(bench.outgoing("second"))
            try await book.withdraw(first.id, repetition: .costly, now: bench.now) { _, _, _ in [] }
            #expect(try await bench.claim().map(\.message.text) == ["second"])
        },
        Clause("what is being attempted, or has left in part, is not taken back") { bench, book in
            let claim = try await bench.send(bench.outgoing(), accepted: 1, of: 2)
            await expectConflict { try await book.withdraw(claim.delivery.id, repetition: .costly, now: bench.now) { _, _, _ in [] } }
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now))
            await expectConflict { try await book.withdraw(claim.delivery.id, repetition: .costly, now: bench.now) { _, _, _ in [] } }
            await expectConflict { try await book.withdraw(bench.mint.identifier(), repetition: .costly, now: bench.now) { _, _, _ in [] } }
        },
        Clause("what may have left is in doubt when it is taken back, or goes on; what a trunk that judges each answer put off is taken back") { bench, book in
            let doubtful = try await bench.doubtful(bench.outgoing("doubtful"), accepted: 0, of: 1)
            try await bench.ledger.decide(doubtful.delivery.id, .sendAgain, now: bench.now)
            await expectConflict { try await book.withdraw(doubtful.delivery.id, repetition: .harmless, now: bench.now) { _, _, _ in [] } }
            try await book.withdraw(doubtful.delivery.id, repetition: .costly, now: bench.now) { message, _, result in
                result.isDoubt ? [bench.delivery(of: message, to: .alicesPhone, content: .status(.failed(.far, .withdrawn)))] : []
            }
            #expect(try await bench.state(of: doubtful.delivery) == .inDoubt)
            #expect(try await bench.claim(.endpoint(.softphone)).count == 1)
            let claim = try await bench.send(bench.outgoing("put off", to: [.other]), accepted: 0, of: 1)
            try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
            try await bench.settle(claim, .deferred(Failure(.timeout), until: bench.now + .seconds(60)))
            await expectConflict { try await book.withdraw(claim.delivery.id, repetition: .harmless, now: bench.now) { _, _, _ in [] } }
            #expect(try await bench.state(of: claim.delivery) == .pending)
            try await book.withdraw(claim.delivery.id, repetition: .costly, now: bench.now) { _, _, _ in [] }
            #expect(try await bench.state(of: claim.delivery) == .failed)
        },
    ]
}

extension LedgerBench {
    fileprivate func held(_ parts: [Part], due seconds: Int64, by person: PersonID = "alice", over line: LineID = "home") -> HeldMessage {
        HeldMessage(id: mint.identifier(), person: person, line: line, recipients: [.far, .other], parts: parts, due: now + .seconds(seconds), heldAt: now)
    }
}

extension Settlement.Result {
    fileprivate var isDoubt: Bool { if case .inDoubt = self { true } else { false } }
}
