import Exchange
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct PeopleContractTests {
    @Test(arguments: PeopleContract.clauses)
    func `the memory ledger keeps the contract of address books and blocks`(clause: PeopleContract.Clause) async throws {
        try await clause.check(MemoryLedger())
    }

    @Test(arguments: PeopleContract.clauses)
    func `the SQLite ledger keeps the contract of address books and blocks`(clause: PeopleContract.Clause) async throws {
        let scratch = try Scratch()
        try await clause.check(scratch.ledger)
        #expect(try await scratch.ledger.audit().faults == [])
    }

    @Test func `whoever comes by the name of somebody who is gone gets nothing of theirs, by the memory ledger`() async throws {
        let ledger = MemoryLedger()
        try await expectNothingIsLeft(LedgerBench(ledger), ledger)
    }

    @Test func `whoever comes by the name of somebody who is gone gets nothing of theirs, by the SQLite ledger`() async throws {
        let scratch = try Scratch()
        try await expectNothingIsLeft(LedgerBench(scratch.ledger), scratch.ledger)
        #expect(try await scratch.ledger.audit().faults == [])
    }

    /// Bob, too, has all of it, and keeps it.
    private func expectNothingIsLeft(_ bench: LedgerBench, _ ledger: any ConsoleLedger & PersonalBook & PeopleContract.Books) async throws {
        let now = bench.clock.now(), message = Message(
            id: bench.mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [.number("+15550100")], parts: [.text("x")], recordedAt: now)
        _ = try await ledger.submit(message, key: "1", deliveries: [])
        let conversation = try #require(try await ledger.conversationNumber(of: message.id))
        for person in ["alice", "bob"] as [PersonID] {
            try await ledger.save(Person(id: person, lines: ["home"], credentials: SIPCredentials(realm: "r", ha1MD5: "a", ha1SHA256: "b")))
            try await ledger.save(Account(person: person, role: .member, password: "x", createdAt: now), keeping: nil)
            try await ledger.save([Contact(owner: person, uid: "1", name: "Mum", addresses: [.number("+15550100")], card: "x", changedAt: now)])
            try await ledger.block(Block(.alphanumeric("BANK"), for: .person(person)), at: now)
            try await ledger.save(draft: "dear", of: conversation, for: person)
            try await ledger.save(PersonalSettings(language: "fr"), of: person)
        }
        func belongings(of person: PersonID) async throws -> [Bool] {
            let isBlocked = try await ledger.blocks().contains { $0.scope == .person(person) }
            let isKnown = try await ledger.contact("1", of: person) != nil
            let hasDraft = try await ledger.marks(of: conversation, for: person).draft == "dear"
            let settings = try await ledger.personalSettings(of: person)
            return [isBlocked, isKnown, hasDraft, settings.language == "fr"]
        }
        try await ledger.remove("alice", now: now)
        #expect(try await belongings(of: "alice") == [true, true, true, true])
        #expect(try await ledger.removeAccount(of: "alice"))
        #expect(try await belongings(of: "alice") == [false, false, false, false])
        #expect(try await ledger.removeAccount(of: "bob"))
        #expect(try await belongings(of: "bob") == [true, true, true, true])
        try await ledger.remove("bob", now: now)
        #expect(try await belongings(of: "bob") == [false, false, false, false])
    }

    @Test func `a contact and a block that are not what was written are told and passed over`() async throws {
        let scratch = try Scratch()
        try await scratch.ledger.save([Contact(owner: "alice", uid: "1", name: "Mum", addresses: [], card: "x", changedAt: scratch.clock.now())])
        try await scratch.ledger.block(Block(.number("+15550100"), for: .line("home")), at: scratch.clock.now())
        try await scratch.ledger.write { tables in
            try tables.db.run("UPDATE contact SET card = 'y'")
            try tables.db.run("UPDATE block SET owner = 'work'")
        }
        #expect(try await scratch.ledger.contact("1", of: "alice") == nil)
        #expect(try await scratch.ledger.blocks().isEmpty)
        #expect(await scratch.ledger.health().state == .impaired)
    }
}
