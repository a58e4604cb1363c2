import Testing

@testable import HTTPStack

@Suite struct OctetBudgetTests {
    private let budget = OctetBudget(limit: 400_000)
    private let one = Source.network("192.0.2.1")
    private let other = Source.network("192.0.2.2")

    @Test func `what is taken is given back`() {
        #expect(budget.take(150_000, from: one) && budget.taken == 150_000)
        budget.giveBack(150_000, to: one)
        #expect(budget.taken == 0)
    }

    @Test func `a stranger has the half, and the next no more than that leaves to others`() {
        #expect(!budget.take(200_001, from: one) && budget.take(200_000, from: one) && !budget.take(1, from: one))
        #expect(!budget.take(100_001, from: other) && budget.take(100_000, from: other) && !budget.take(1, from: other))
        #expect(budget.take(50_000, from: .network("192.0.2.3")))
    }

    @Test func `what one stranger gave back is free for another`() {
        #expect(budget.take(200_000, from: one))
        budget.giveBack(200_000, to: one)
        #expect(budget.take(200_000, from: other))
    }

    @Test func `the addresses of one subscriber are one source`() {
        #expect(budget.take(150_000, from: .network("2001:db8::1")))
        #expect(!budget.take(60_000, from: .network("2001:db8::ffff:2")) && budget.take(60_000, from: .network("2001:db8:0:1::1")))
    }

    @Test func `whoever has shown a right secret has the room that no stranger touches`() {
        budget.know(other)
        for host in 1...60 { while budget.take(500, from: .network("198.51.100.\(host)")) {} }
        #expect(!budget.take(500, from: one) && budget.take(400_000, from: other) && !budget.take(1, from: other))
        budget.giveBack(400_000, to: other)
        #expect(budget.take(1, from: .local))
    }

    @Test func `a source that becomes known gives back what it took as a stranger`() {
        #expect(budget.take(200_000, from: one))
        budget.know(one)
        budget.know(one)
        #expect(budget.taken == 200_000 && budget.take(200_000, from: other))
        budget.giveBack(200_000, to: one)
        budget.giveBack(200_000, to: other)
        #expect(budget.taken == 0 && budget.take(400_000, from: one))
    }

    @Test func `the known that came last stay known, and the first counts as a stranger with all it has`() {
        budget.know(one)
        #expect(budget.take(300_000, from: one))
        for host in 1...OctetBudget.knownLimit { budget.know(.network("198.51.100.\(host)")) }
        #expect(budget.taken == 300_000 && !budget.take(1, from: one) && budget.take(400_000, from: .network("198.51.100.1")))
        budget.giveBack(300_000, to: one)
        #expect(budget.taken == 400_000 && budget.take(200_000, from: one))
    }

    private func read(_ count: Int, from source: Source) async throws -> Int {
        let body = RequestBody(limit: 1_000_000) { take in
            for _ in 0..<count / 10_000 { try await take([UInt8](repeating: 0x61, count: 10_000)) }
        }
        return try await body.whole(within: budget, from: source).count
    }

    @Test func `a large body is read while one stranger holds all that one may, and another of that one is not`() async throws {
        #expect(budget.take(200_000, from: one))
        let count = try await read(100_000, from: other)
        #expect(count == 100_000 && budget.taken == 200_000)
        await #expect(throws: Problem.self) { try await read(100_000, from: one) }
        #expect(budget.taken == 200_000)
        let small = try await read(OctetBudget.small / 10_000 * 10_000, from: one)
        #expect(small == 60_000)
    }
}
