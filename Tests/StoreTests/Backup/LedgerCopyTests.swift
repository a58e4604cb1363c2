import Exchange
import Telephony
import Testing

@testable import Store

@Suite struct LedgerCopyTests {
    @Test func `a copy is the ledger of one moment, and the ledger goes on`() async throws {
        let scratch = try Scratch()
        for index in 0..<50 { try await scratch.submit(scratch.message("text \(index)", reference: "call-\(index)")) }
        let path = scratch.directory.file("copy")
        try scratch.ledger.copy(to: path) { _, _ in }
        try await scratch.submit(scratch.message("later", reference: "later"))
        let copy = try LedgerCopy(path: path)
        #expect(try copy.messages() == 50)
        #expect(try copy.schema() == SQLiteLedger.schema)
        let opened = try SQLiteLedger(path: path)
        let audit = try await opened.audit()
        #expect(audit.faults == [])
        #expect(audit.messages == 50)
    }

    @Test func `a copy writes over nothing`() throws {
        let scratch = try Scratch()
        #expect(throws: LedgerError.self) { try scratch.ledger.copy(to: scratch.path) { _, _ in } }
    }

    @Test func `whoever is told how far it is can end it`() throws {
        struct Enough: Error {}
        let scratch = try Scratch()
        #expect(throws: Enough.self) { try scratch.ledger.copy(to: scratch.directory.file("copy")) { _, _ in throw Enough() } }
    }

    @Test func `each file is named once, in order`() async throws {
        let scratch = try Scratch()
        let digests = ["c", "a", "b", "a"].map { String(repeating: $0, count: 64) }
        for (index, digest) in digests.enumerated() {
            let part = Part(contentType: "image/jpeg", content: .stored(try #require(Media(digest: digest, size: 9000))))
            let message = Message(
                id: scratch.mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [.number("+15550100")], parts: [part],
                recordedAt: scratch.clock.now())
            try await scratch.submit(message, key: "\(index)")
        }
        let path = scratch.directory.file("copy")
        try scratch.ledger.copy(to: path) { _, _ in }
        var named: [String] = []
        try LedgerCopy(path: path).eachMedia { named.append(String($0.digest.prefix(1))) }
        #expect(named == ["a", "b", "c"])
    }
}

@Suite struct RestoringTests {
    @Test func `what waited to leave is in doubt, and a person can have it sent`() async throws {
        let scratch = try Scratch()
        let waiting = scratch.message("waits", to: "+15550101", reference: "one"), claimed = scratch.message("is being sent", to: "+15550102", reference: "two")
        try await scratch.submit(claimed)
        _ = try await scratch.claim()
        try await scratch.submit(waiting)
        let held = try await scratch.ledger.holdWhatMayHaveLeft(at: scratch.clock.now())
        #expect(held == HeldSends(sends: 2, signIns: 0))
        for message in [waiting, claimed] {
            #expect(try await scratch.ledger.message(message.id)?.state == .inDoubt)
            #expect(try await scratch.ledger.timeline(message.id).last?.detail.contains("may have been sent since") == true)
        }
        #expect(try await scratch.claim().isEmpty)
        #expect(try await scratch.ledger.audit().faults == [])
        let delivery = try #require(try await scratch.ledger.deliveries(of: waiting.id).first?.delivery.id)
        try await scratch.ledger.decide(delivery, .sendAgain, now: scratch.clock.now())
        #expect(try await scratch.claim().map(\.delivery.id) == [delivery])
    }

    @Test func `what was sent stays sent, and what is for apps is brought`() async throws {
        let scratch = try Scratch()
        let sent = scratch.message("sent", reference: "one")
        try await scratch.submit(sent)
        let claim = try #require(try await scratch.claim().first)
        let news = Delivery(
            id: scratch.mint.identifier(), message: sent.id, destination: .device(.softphone, "alice", "phone"), content: .message, due: scratch.clock.now(),
            expires: scratch.clock.now() + .seconds(60))
        let settlement = Settlement(
            attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: "7"), at: scratch.clock.now(), following: [news])
        try await scratch.ledger.settle([settlement])
        #expect(try await scratch.ledger.holdWhatMayHaveLeft(at: scratch.clock.now()).sends == 0)
        #expect(try await scratch.ledger.message(sent.id)?.state == .sent)
        #expect(try await scratch.ledger.openDeliveries(.endpoint(.softphone)) == 1)
    }

    @Test func `a message whose time has come since is its writer's to decide, and one whose time is to come waits on`() async throws {
        let scratch = try Scratch(), now = scratch.clock.now()
        func hold(_ text: String, due: Instant) async throws -> HeldMessage {
            let message = HeldMessage(
                id: scratch.mint.identifier(), person: "alice", line: "home", recipients: [.number("+15550101")], parts: [.text(text)], due: due, heldAt: now)
            try await scratch.ledger.hold(message)
            return message
        }
        let taken = try await hold("being sent", due: now), sent = try await hold("sent since", due: now + .seconds(60))
        let later = try await hold("later", due: now + .seconds(86_400))
        _ = try await scratch.ledger.takeHeld(due: now, limit: 9)
        let held = try await scratch.ledger.holdWhatMayHaveLeft(at: now + .seconds(3600))
        #expect(held == HeldSends(sends: 0, scheduled: 2, signIns: 0))
        #expect(try await scratch.ledger.takeHeld(due: now + .seconds(3600), limit: 9).isEmpty)
        let waiting = try await scratch.ledger.heldMessages(of: "alice")
        let reason = Failure(.restored).sentence
        #expect(waiting == [taken.with(due: taken.due, refusal: reason), sent.with(due: sent.due, refusal: reason), later])
        #expect(try await scratch.ledger.move(sent.id, of: "alice", to: now))
        #expect(try await scratch.ledger.takeHeld(due: now, limit: 9).map(\.id) == [sent.id])
    }

    @Test func `no number that was given after the backup is given again`() async throws {
        let scratch = try Scratch()
        let early = scratch.message("before the backup", to: "+15550101", reference: "one")
        try await scratch.submit(early)
        let path = scratch.directory.file("copy")
        try scratch.ledger.copy(to: path) { _, _ in }
        let lost = scratch.message("after it", to: "+15550102", reference: "two")
        try await scratch.submit(lost)
        let restored = try SQLiteLedger(path: path)
        _ = try await restored.holdWhatMayHaveLeft(at: scratch.clock.now())
        let new = scratch.message("after the restore", to: "+15550103", reference: "three")
        let outcome = try await restored.submit(new, key: "three", deliveries: [], gathering: nil)
        let known = try #require(try await scratch.ledger.messages(MessageSelection(lines: ["home"], reader: "r", limit: 1)).first)
        #expect(outcome.number > known.number)
        let heard = try await scratch.ledger.lastEntry()
        let told = try await restored.entries(after: heard, limit: 99)
        #expect(told.contains { $0.kind == .message && $0.message == new.id })
        let before = try await scratch.ledger.conversationNumber(of: lost.id), after = try await restored.conversationNumber(of: new.id)
        #expect(before != after)
        #expect(try await restored.audit().faults == [])
        try restored.close()
    }

    @Test func `a backup that is restored once more gives no number of the first time again`() async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message("before the backup", to: "+15550101", reference: "one"))
        var messages: [Int64] = [], conversations: [Int64] = [], entries: [Int64] = []
        for name in ["first", "second"] {
            // The copies are the same: nothing happened between them.
            try scratch.ledger.copy(to: scratch.directory.file(name)) { _, _ in }
            scratch.clock.advance(by: .seconds(3600))
            let restored = try SQLiteLedger(path: scratch.directory.file(name))
            _ = try await restored.holdWhatMayHaveLeft(at: scratch.clock.now())
            entries.append(try await restored.lastEntry())
            for number in 0..<3 {
                let new = scratch.message("\(name) \(number)", to: "+155502\(number)", reference: "\(name) \(number)")
                messages.append(try await restored.submit(new, key: new.id.description, deliveries: [], gathering: nil).number)
                conversations.append(try #require(try await restored.conversationNumber(of: new.id)))
            }
            entries.append(try await restored.lastEntry())
            try restored.close()
        }
        for numbers in [messages, conversations, entries] { #expect(numbers == Array(Set(numbers)).sorted()) }
    }

    @Test func `nor does one whose messages were all forgotten`() async throws {
        let scratch = try Scratch()
        let old = scratch.message("forgotten", to: "+15550101", reference: "one")
        _ = try await scratch.ledger.submit(old, key: "one", deliveries: [], gathering: nil)
        #expect(try await scratch.ledger.forget(old.id))
        try await scratch.ledger.note(AuditEntry(at: scratch.clock.now(), act: .tokenMade, person: "alice", place: "local"))
        var conversations: [Int64] = []
        for name in ["first", "second"] {
            try scratch.ledger.copy(to: scratch.directory.file(name)) { _, _ in }
            scratch.clock.advance(by: .seconds(3600))
            let restored = try SQLiteLedger(path: scratch.directory.file(name))
            _ = try await restored.holdWhatMayHaveLeft(at: scratch.clock.now())
            let new = scratch.message(name, to: "+15550202", reference: name)
            _ = try await restored.submit(new, key: name, deliveries: [], gathering: nil)
            conversations.append(try #require(try await restored.conversationNumber(of: new.id)))
            try restored.close()
        }
        #expect(conversations[0] < conversations[1])
    }

    @Test func `browsers are signed out`() async throws {
        let scratch = try Scratch(), now = scratch.clock.now()
        try await scratch.ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: now), keeping: nil)
        let hash = String(repeating: "a", count: 64)
        try await scratch.ledger.save(SignIn(hash: hash, person: "alice", startedAt: now, seenAt: now))
        #expect(try await scratch.ledger.holdWhatMayHaveLeft(at: now).signIns == 1)
        #expect(try await scratch.ledger.signIn(hash) == nil)
        #expect(try await scratch.ledger.accounts().count == 1)
    }
}
