import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct DamageTests {
    private func hurt(_ scratch: Scratch, _ sql: String) async throws {
        try await scratch.ledger.writer.perform { try $0.execute(sql: sql) }
    }

    @Test(arguments: [
        "UPDATE part SET octets = x'68656C6C70' WHERE message = 1", "UPDATE message SET reference = 'other' WHERE id = 1",
        "UPDATE message SET recorded_at = 1 WHERE id = 1", "UPDATE part SET content_type = 'text/html' WHERE message = 1",
        "UPDATE message SET sender = 'person:bob' WHERE id = 1", "UPDATE message SET direction = 'incoming' WHERE id = 1",
        "UPDATE message SET presentation = 'odd' WHERE id = 1",
        "UPDATE conversation SET participants = 'number:+2' || char(10) WHERE id = 1",
        "UPDATE conversation SET participants = 'nonsense' WHERE id = 1", "DELETE FROM part WHERE message = 1",
    ])
    func `a damaged message is kept aside and told; others are served`(sql: String) async throws {
        let scratch = try Scratch()
        let (damaged, whole) = (scratch.message("hello"), scratch.message("other", to: "+15550101"))
        try await scratch.submit(damaged)
        try await scratch.submit(whole)
        try await hurt(scratch, sql)
        #expect(try await scratch.ledger.message(damaged.id) == nil)
        #expect(try await scratch.ledger.messages(after: nil, limit: 9, lines: nil).map(\.message) == [whole])
        #expect(try await scratch.ledger.conversations(limit: 9, lines: nil).map(\.last.message) == [whole])
        #expect(try await scratch.claim().map(\.message) == [whole])
        let record = try #require(try await scratch.ledger.deliveries(of: damaged.id).first)
        #expect(record.state == .failed)
        #expect(record.failure == .damaged)
        #expect(try await scratch.ledger.timeline(damaged.id).last?.detail == "Not sent: the stored message is damaged.")
        #expect(await scratch.ledger.health().state == .impaired)
        #expect(try await scratch.ledger.audit().faults.contains("message 1 is not what was written."))
    }

    @Test(arguments: [
        "UPDATE queue SET recipients = 'number:+15550109' || char(10) WHERE id = 1", "UPDATE queue SET owner = 'hone' WHERE id = 1",
        "UPDATE delivery SET content = 'failed', recipient = '' WHERE id = 1",
        "UPDATE delivery SET ulid = '00000000000000000000000000' WHERE id = 1",
    ])
    func `a delivery whose destination is damaged goes nowhere`(sql: String) async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message())
        try await hurt(scratch, sql)
        let now = scratch.clock.now()
        for line in ["home", "hone"] as [LineID] {
            #expect(try await scratch.ledger.claim(.trunk(line), limit: 9, now: now, lease: now, mint: scratch.mint).claims.isEmpty)
        }
        #expect(try await scratch.ledger.backlog().isEmpty)
    }

    @Test(arguments: ["message = 2", "queue = 2", "message = 2, queue = 2"])
    func `a delivery that points to another's text or number brings nobody anything`(change: String) async throws {
        let scratch = try Scratch()
        let (first, second) = (scratch.message("for the first"), scratch.message("for the second", to: "+15550101"))
        try await scratch.submit(first)
        try await scratch.submit(second)
        try await hurt(scratch, "UPDATE delivery SET \(change) WHERE id = 1")
        #expect(try await scratch.claim().map(\.message) == [second])
        #expect(await scratch.ledger.health().state == .impaired)
    }

    @Test(arguments: [Int64.min, .min + 1, -1, 0, .max])
    func `a count of segments that was damaged on the disk traps nobody`(total: Int64) async throws {
        let scratch = try Scratch()
        for name in ["accepted", "unanswered"] {
            try await scratch.submit(scratch.message(name))
            let claim = try #require(try await scratch.claim().first), now = scratch.clock.now()
            try await scratch.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: now)
            if name == "accepted" { try await scratch.ledger.segmentAccepted(claim.attempt.id, segment: 0, reference: "7", at: now) }
            let result: Settlement.Result = name == "accepted" ? .accepted(reference: nil) : .inDoubt(Failure(.lostAnswer))
            try await scratch.ledger.settle([
                Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])
            ])
        }
        try await hurt(scratch, "UPDATE segment SET total = \(total)")
        let others = max(0, max(1, Int(total)) - 1)
        #expect(try await scratch.ledger.sentSegments(line: "home", reference: "7").map(\.othersUnreported) == [others])
        #expect(try await scratch.ledger.unansweredSegments(line: "home").map(\.othersUnreported) == [others])
    }

    @Test func `a queue whose head is another's delivery finds its own again`() async throws {
        let scratch = try Scratch()
        let messages = (0..<2).map { scratch.message("\($0)", to: "+1555010\($0)") }
        for message in messages { try await scratch.submit(message) }
        try await hurt(scratch, "UPDATE queue SET head = 2 WHERE id = 1")
        #expect(try await scratch.ledger.audit().faults == ["queue 1 is not what was written."])
        #expect(try await scratch.claim().map(\.message) == [messages[1]])
        #expect(try await scratch.claim().map(\.message) == [messages[0]])
    }

    @Test func `a delivery that was done is not done again because its queue's head was hurt`() async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message())
        let claim = try #require(try await scratch.claim().first)
        try await scratch.ledger.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: scratch.clock.now(), following: [])
        ])
        try await hurt(scratch, "UPDATE queue SET head = 1, due = 0 WHERE id = 1")
        #expect(try await scratch.claim().isEmpty)
        #expect(try await scratch.ledger.deliveries(of: claim.message.id).map(\.state) == [.accepted])
        #expect(try await scratch.claim().isEmpty)
    }

    @Test(arguments: ["segment SET position = 1", "segment SET reference = '8'", "delivery SET attempts = 0"])
    func `a text is not gone on with when what was sent of it is damaged`(change: String) async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message())
        let claim = try #require(try await scratch.claim().first)
        let now = scratch.clock.now()
        try await scratch.ledger.willSubmit(claim.attempt.id, segment: 0, of: 2, at: now)
        try await scratch.ledger.segmentAccepted(claim.attempt.id, segment: 0, reference: "7", at: now)
        try await scratch.ledger.settle([
            Settlement(
                attempt: claim.attempt.id, delivery: claim.delivery.id, result: .deferred(Failure(.timeout), until: now), at: now, following: [])
        ])
        try await hurt(scratch, "UPDATE \(change)")
        #expect(try await scratch.claim().isEmpty)
        #expect(try await scratch.ledger.deliveries(of: claim.message.id).map(\.failure) == [.damaged])
    }

    @Test(arguments: [
        "UPDATE person SET lines = 'hone' || char(10)", "UPDATE person SET ha1_md5 = 'b'", "UPDATE binding SET contact = '<sip:a@b>'",
        "UPDATE binding SET expires_at = expires_at + 1", "UPDATE token SET hash = 'b'", "UPDATE token SET expires_at = NULL",
        "UPDATE token SET scopes = 'admin' || char(10)",
    ])
    func `a damaged account, registration or token is not believed`(sql: String) async throws {
        let scratch = try Scratch()
        let now = scratch.clock.now()
        let credentials = SIPCredentials(realm: "home.test", ha1MD5: "a", ha1SHA256: "a")
        try await scratch.ledger.save(Person(id: "alice", lines: ["home"], credentials: credentials))
        try await scratch.ledger.save(
            Binding(
                person: "alice", device: "phone", contact: "<sip:a@a>", path: [], flow: "", callID: "", cseq: 1, userAgent: "",
                registeredAt: now, expiresAt: now + .seconds(60)))
        try await scratch.ledger.save(Token(name: "web", hash: "a", scopes: [.read], createdAt: now, expiresAt: now + .seconds(60)))
        func count() async throws -> Int {
            let (persons, bindings) = (try await scratch.ledger.persons(), try await scratch.ledger.bindings(now: now))
            return persons.count + bindings.count + (try await scratch.ledger.tokens().count)
        }
        #expect(try await count() == 3)
        #expect(await scratch.ledger.health().state == .working)
        try await hurt(scratch, sql)
        #expect(try await count() == 2)
        #expect(await scratch.ledger.health().state == .impaired)
    }

    @Test(arguments: [
        "UPDATE passkey SET person = 'bob'", "UPDATE passkey SET key = x'09'", "UPDATE passkey SET site = 'evil.example'", "UPDATE passkey SET handle = x'09'",
    ])
    func `a damaged passkey lets nobody in`(sql: String) async throws {
        let scratch = try Scratch()
        let now = scratch.clock.now()
        for name in ["alice", "bob"] as [PersonID] {
            try await scratch.ledger.save(Account(person: name, role: .owner, password: "", createdAt: now), keeping: nil)
        }
        try await scratch.ledger.add(Passkey(id: [1], person: "alice", handle: [2], key: [3], site: "localhost", name: "phone", count: 0, createdAt: now))
        try await hurt(scratch, sql)
        #expect(try await scratch.ledger.passkey([1]) == nil)
        #expect(try await scratch.ledger.passkeys(of: "bob").isEmpty)
        #expect(await scratch.ledger.health().state == .impaired)
    }

    @Test func `what is damaged is found by the audit, named once, and remembered`() async throws {
        let scratch = try Scratch()
        let messages = (0..<3).map { scratch.message("\($0)", to: "+1555010\($0)") }
        for message in messages { try await scratch.submit(message) }
        #expect(try await scratch.ledger.audit() == LedgerAudit(faults: [], messages: 3))
        try await hurt(scratch, "UPDATE part SET octets = x'41' WHERE message = 2")
        for _ in 0..<2 {
            #expect(try await scratch.ledger.audit() == LedgerAudit(faults: ["message 2 is not what was written."], messages: 2))
        }
        try scratch.ledger.close()
        let again = try SQLiteLedger(path: scratch.path)
        #expect(await again.health().facts == ["damaged": "1"])
        try again.close()
    }

    @Test func `damaged octets are not interpreted and do not hold up others`() async throws {
        let scratch = try Scratch()
        let receipts = (1...2).map {
            Receipt(
                id: scratch.mint.identifier(), line: "home", format: .modemPDU, place: "SM/\($0)", octets: [UInt8($0)],
                receivedAt: scratch.clock.now())
        }
        _ = try await scratch.ledger.record(receipts)
        try await hurt(scratch, "UPDATE receipt SET octets = x'03' WHERE id = 1")
        #expect(try await scratch.ledger.unreadReceipts(line: "home") == [receipts[1]])
        #expect(try await scratch.ledger.entries(after: 2, limit: 9).map(\.detail) == ["The stored octets are damaged."])
    }
}
