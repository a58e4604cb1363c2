import Exchange
import Telephony
import Testing

@Suite struct SubmissionsTests {
    private func submission(
        _ text: String = "hello", to recipients: [Address] = [.bob], line: LineID = "home", parts: [Part]? = nil, key: String = "key",
        origin: Origin = .alicesPhone
    ) -> Submission {
        Submission(line: line, sender: "alice", recipients: recipients, parts: parts ?? [.text(text)], idempotencyKey: key, origin: origin)
    }

    /// What is refused, with the reason and nothing stored.
    private static let refusals: [(String, @Sendable (SubmissionsTests) -> Submission, SubmissionError)] = [
        ("an unknown line", { $0.submission(line: "cabin") }, .unknownLine("cabin")),
        ("nobody", { $0.submission(to: []) }, .noRecipients),
        ("no text", { $0.submission("") }, .empty),
        ("no parts", { $0.submission(parts: []) }, .empty),
        (
            "too long a text", { $0.submission(String(repeating: "x", count: Submissions.textLimit + 1)) },
            .tooLarge("at most 40000 octets of text")
        ),
        (
            "parts that are too long together",
            { $0.submission(parts: Array(repeating: .text(String(repeating: "é", count: 11_000)), count: 2)) }, .tooLarge("at most 40000 octets of text")
        ),
        (
            "too many recipients", { $0.submission(to: (0...Submissions.recipientLimit).map { .number("+1555\($0)") }) },
            .tooLarge("at most 100 recipients")
        ),
        (
            "an emergency number among others", { $0.submission(to: [.bob, .shortCode("112")]) },
            .refused(Failure(.refused, "an emergency number"))
        ),
        (
            "a stranger in the house", { $0.submission(to: [.person("alice"), .person("mallory")], line: .house) },
            .badRecipient("mallory", reason: "nobody of that name lives here")
        ),
    ]

    @Test(arguments: refusals.indices)
    func `what cannot be sent is refused for its reason, and nothing is stored`(index: Int) async throws {
        let (_, make, expected) = Self.refusals[index]
        let bench = Bench()
        try await bench.haveAlice()
        await #expect(throws: expected) { _ = try await bench.submissions.submit(make(self)) }
        #expect(try await bench.messages().isEmpty)
        #expect(expected.description.isEmpty == false)
    }

    @Test func `the limits themselves are allowed`() async throws {
        let bench = Bench()
        let longest = String(repeating: "x", count: Submissions.textLimit)
        let most = (1...Submissions.recipientLimit).map { Address.number("+1555\($0)") }
        let message = try await bench.submissions.submit(submission(longest, to: most)).message
        #expect(try await bench.books.deliveries(of: message).count == Submissions.recipientLimit)
    }

    @Test func `what a person typed becomes an address of the line's country, or is refused`() throws {
        let bench = Bench()
        #expect(try bench.submissions.address("05550100", line: "home") == .bob)
        #expect(throws: SubmissionError.badRecipient("bob?", reason: "not a telephone number")) {
            try bench.submissions.address("bob?", line: "home")
        }
    }

    @Test func `a message is stored with a delivery to each recipient, however often one is named`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello", to: [.bob, .carol, .bob])
        let record = try #require(try await bench.books.message(message))
        #expect(record.message.participants == [.bob, .carol])
        #expect(record.message.direction == .outgoing)
        #expect(record.message.sender == .person("alice"))
        #expect(record.message.origin == .alicesPhone)
        #expect(record.state == .queued)
        #expect(try await bench.books.deliveries(of: message).map(\.delivery.destination) == [
            .trunk("home", recipients: [.bob]), .trunk("home", recipients: [.carol]),
        ])
    }

    @Test func `the same key of the same endpoint is the same message; another endpoint's is another`() async throws {
        let bench = Bench()
        let first = try await bench.submissions.submit(submission())
        let again = try await bench.submissions.submit(submission("other words", to: [.carol]))
        let other = try await bench.submissions.submit(submission(origin: .program))
        #expect(again.kind == .duplicate(first.message))
        #expect(other.message != first.message)
        #expect(try await bench.messages().map(\.message.text) == ["hello", "hello"])
    }

    @Test func `a message within the house is brought to the devices of whom it is for`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone", "laptop"])
        let message = try await bench.submissions.submit(submission(to: [.person("alice")], line: .house)).message
        #expect(try await bench.books.deliveries(of: message).map(\.delivery.destination) == [.alicesPhone, .alicesLaptop])
        #expect(try await bench.books.message(message)?.message.direction == .within)
    }

    @Test func `workers are woken when the message is durable, and not when it was refused`() async throws {
        let bench = Bench()
        let worker = bench.workers.watcher()
        bench.ledger.refuse(.submit, .full("no room"))
        await #expect(throws: SubmissionError.ledger(.full("no room"))) { try await bench.submissions.submit(submission()) }
        #expect(try await bench.messages().isEmpty)
        try await bench.submit("hello")
        // Rung once: the first wait returns at once, and a second would not.
        await worker.wait()
        #expect(bench.ledger.counts[.submit] == 2)
    }

    // MARK: - Back-pressure

    @Test func `a full queue refuses what is new, keeps what it took, and opens when there is room`() async throws {
        let bench = Bench(queueLimit: 3)
        let door = bench.submissions
        for number in 1...3 { _ = try await door.submit(.text("\(number)")) }
        for number in 4...9 {
            await #expect(throws: SubmissionError.queueFull("home")) { _ = try await door.submit(.text("\(number)")) }
        }
        _ = try await door.submit(.text("elsewhere", line: "office"))
        #expect(try await bench.messages().count == 4)
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { peer.texts.count == 2 }
        }
        bench.clock.advance(by: .seconds(2))
        _ = try await door.submit(.text("10"))
        await #expect(throws: SubmissionError.queueFull("home")) { _ = try await door.submit(.text("11")) }
    }

    @Test func `a full queue is counted once a second and not for each refusal`() async throws {
        let bench = Bench(queueLimit: 1)
        let door = bench.submissions
        _ = try await door.submit(.text("1"))
        for _ in 0..<50 { await #expect(throws: SubmissionError.queueFull("home")) { _ = try await door.submit(.text("2")) } }
        #expect(bench.ledger.counts[.openDeliveries] == 1)
        bench.clock.advance(by: .seconds(1))
        for _ in 0..<50 { await #expect(throws: SubmissionError.queueFull("home")) { _ = try await door.submit(.text("2")) } }
        #expect(bench.ledger.counts[.openDeliveries] == 2)
    }

    @Test func `a message to more recipients than there is room for is refused whole`() async throws {
        let bench = Bench(queueLimit: 3)
        let recipients = (0..<4).map { Address.number("+1555010\($0)") }
        await #expect(throws: SubmissionError.queueFull("home")) { _ = try await bench.submissions.submit(.text("all", to: recipients)) }
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `what waited before the restart counts`() async throws {
        let bench = Bench(queueLimit: 2)
        for number in 1...2 { _ = try await bench.submissions.submit(.text("\(number)")) }
        await #expect(throws: SubmissionError.queueFull("home")) { _ = try await bench.submissions.submit(.text("3")) }
    }

    @Test func `a clock that is set back does not close the queue`() async throws {
        let bench = Bench(queueLimit: 1)
        let door = bench.submissions
        let message = try await door.submit(.text("1")).message
        await #expect(throws: SubmissionError.queueFull("home")) { _ = try await door.submit(.text("2")) }
        let claim = try #require(
            try await bench.books.claim(.trunk("home"), limit: 1, now: bench.now, lease: bench.now + .seconds(60), mint: bench.mint).claims.first)
        try await bench.books.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: bench.now, following: [])
        ])
        #expect(try await bench.state(of: message) == .sent)
        bench.clock.advance(by: .seconds(-3600))
        _ = try await door.submit(.text("3"))
    }
}

extension Submission {
    fileprivate static func text(_ text: String, to recipients: [Address] = [.bob], line: LineID = "home") -> Submission {
        Submission(line: line, sender: "alice", recipients: recipients, parts: [.text(text)], idempotencyKey: text, origin: .alicesPhone)
    }
}
