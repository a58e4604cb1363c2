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
