import Exchange
import HomelineTesting
import Telephony
import Testing

@Suite(.timeLimit(.minutes(1))) struct BlockTests {
    private static let routes = [Route(endpoint: .softphone, audience: .devices), Route(endpoint: "hook", audience: .everyone)]

    @Test func `what a sender writes that is blocked for the line is kept and brought to nobody, and its timeline says why`() async throws {
        let bench = Bench(routes: Self.routes)
        try await bench.haveAlice(devices: ["phone"])
        try await bench.books.block(Block(.bob, for: .line("home")), at: bench.now)
        try await bench.record("text +15550100 buy this")
        _ = try await bench.intake().pass()
        let record = try #require(try await bench.messages().first)
        #expect(record.message.text == "buy this")
        #expect(try await bench.books.deliveries(of: record.message.id).isEmpty)
        #expect(try await bench.kinds(of: record.message.id) == [.received, .message, .blocked])
        #expect(try await bench.books.timeline(record.message.id).last?.detail == "Its sender is blocked for the line: it is brought to nobody.")
    }

    @Test func `what a person has blocked is brought to everybody else`() async throws {
        let bench = Bench(routes: Self.routes)
        try await bench.haveAlice(devices: ["phone"])
        try await bench.books.block(Block(.bob, for: .person("alice")), at: bench.now)
        try await bench.record("text +15550100 hello")
        _ = try await bench.intake().pass()
        let record = try #require(try await bench.messages().first)
        #expect(try await bench.books.deliveries(of: record.message.id).map(\.delivery.destination) == [.endpoint("hook")])
        #expect(try await bench.books.timeline(record.message.id).contains { $0.detail == "Its sender is blocked: it is not brought to alice." })
    }

    @Test func `others, other lines and other persons are not concerned, and unblocking brings what comes next`() async throws {
        let bench = Bench(routes: Self.routes)
        try await bench.haveAlice(devices: ["phone"])
        let block = Block(.bob, for: .line("home"))
        for block in [block, Block(.carol, for: .line("office")), Block(.carol, for: .person("bert"))] { try await bench.books.block(block, at: bench.now) }
        try await bench.record("text \(Address.carol.text) hello", place: "SM/1")
        _ = try await bench.intake().pass()
        #expect(try await bench.books.unblock(block))
        try await bench.record("text +15550100 hello", place: "SM/2")
        _ = try await bench.intake().pass()
        for record in try await bench.messages() {
            #expect(try await bench.books.deliveries(of: record.message.id).count == 2)
            #expect(try await bench.kinds(of: record.message.id).contains(.blocked) == false)
        }
        #expect(try await bench.messages().count == 2)
    }
}
