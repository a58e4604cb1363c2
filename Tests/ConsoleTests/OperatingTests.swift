import Console
import Exchange
import HTTPStack
import Settings
import Telephony
import Testing

@Suite struct OperatingTests {
    private struct Network: USSDTrunk {
        let answer: Result<USSDAnswer, Failure>

        func request(_ text: String) async throws(Failure) -> USSDAnswer { try answer.get() }
        func cancel() async throws(Failure) { _ = try answer.get() }
    }

    @Test(
        arguments: [
            ([], "working", 200),
            ([(.trunk, .working), (.endpoint, .working)], "working", 200),
            ([(.trunk, .working), (.endpoint, .down)], "impaired", 200),
            ([(.trunk, .down), (.trunk, .working)], "impaired", 200),
            ([(.trunk, .down), (.endpoint, .working)], "down", 503),
            ([(.trunk, .starting), (.endpoint, .working)], "starting", 200),
            ([(.trunk, .impaired), (.trunk, .starting)], "impaired", 200),
        ] as [([(PartHealth.Kind, Health.State)], String, Int)])
    func `health is the true sum of its parts`(parts: [(PartHealth.Kind, Health.State)], sum: String, status: Int) async throws {
        let bench = try await Bench(parts: parts.map { PartHealth($0.0, name: "x", health: Health($0.1, "So.")) })
        let response = await bench.ask(.get, "/health", token: nil)
        #expect(response.text == #"{"status":"\#(sum)"}"#)
        #expect(response.status == status)
    }

    @Test func `health shows its parts to those with a token only`() async throws {
        let bench = try await Bench()
        #expect(try await bench.ask(.get, "/health", token: nil).json["parts"] == nil)
        let part = try await bench.ask(.get, "/health", token: Bench.reader).json["parts"]?.elements?.first
        #expect(part?["name"]?.text == "home" && part?["health"]?["facts"]?["operator"]?.text == "Test")
    }

    @Test func `metrics count what is open, for tokens and listed addresses`() async throws {
        let bench = try await Bench(scrapers: Set([IPAddress("192.0.2.1")].compactMap(\.self)))
        _ = try await bench.submit()
        let text = await bench.ask(.get, "/metrics", token: nil).text
        #expect(text.contains("homeline_deliveries{state=\"pending\"} 1\n"))
        #expect(text.contains("homeline_part_working{kind=\"trunk\",name=\"home\"} 1\n"))
        let mapped = try await Bench(scrapers: Set([IPAddress("192.0.2.1")].compactMap(\.self)))
        let request = Request(.get, "/metrics", source: .network("::ffff:192.0.2.1"))
        #expect(await mapped.site.respond(to: request).status == 200)
        #expect(await mapped.site.respond(to: Request(.get, "/metrics", source: .network("192.0.2.2"))).status == 401)
        #expect(await (try await Bench()).ask(.get, "/metrics", token: nil).status == 401)
        #expect(await (try await Bench()).ask(.get, "/metrics", token: Bench.reader).status == 200)
    }

    @Test func `the network's answer to a USSD request is passed on`() async throws {
        let bench = try await Bench(ussd: Network(answer: .success(USSDAnswer(text: "Balance: 5", expectsReply: true))))
        let response = await bench.ask(.post, "/api/v1/lines/home/ussd", #"{"text":"*100#"}"#)
        #expect(response.text == #"{"text":"Balance: 5","expectsReply":true}"#)
        #expect(await bench.ask(.delete, "/api/v1/lines/home/ussd").status == 200)
        #expect(try await noted(bench) == ["ussdSent home, token admin, 192.0.2.1"])
    }

    /// Who did what, the latest first.
    private func noted(_ bench: Bench) async throws -> [String] {
        try await bench.ledger.auditEntries(before: nil, limit: 9).map { "\($0.act) \($0.about), \($0.person?.name ?? "nobody"), \($0.place)" }
    }

    @Test func `what a program does is written down with its token, and a command as one`() async throws {
        let bench = try await Bench()
        #expect(await bench.ask(.post, "/api/v1/restart").status == 202)
        #expect(await bench.ask(.get, "/api/v1/support").status == 200)
        #expect(await bench.ask(.post, "/api/v1/restart", token: Bench.sender).status == 403)
        #expect(await bench.site.respond(to: Request(.post, "/api/v1/restart", source: .local)).status == 202)
        bench.installation.refuse(SettingsError(line: 0, path: "", reason: "no"))
        #expect(await bench.ask(.post, "/api/v1/restart").status == 422)
        #expect(
            try await noted(bench) == [
                "restarted , nobody, command line", "supportBundleTaken , token admin, 192.0.2.1", "restarted , token admin, 192.0.2.1",
            ])
    }

    @Test func `the name of a token that bears a number is masked`() {
        #expect(AuditEntry.program("for 079 123 45 67") == PersonID("token for ••• ••• •• ••"))
    }

    @Test(arguments: [
        ("home", #"{"text":"*100#"}"#, Failure(.timeout), "503"), ("home", #"{"text":"*100#"}"#, Failure(.cme(30)), "503"),
        ("home", #"{"text":"*100#"}"#, Failure(.cme(4)), "502"), ("home", #"{"text":""}"#, Failure(.timeout), "422 text"),
        ("home", #"{"text":"a\r"}"#, Failure(.timeout), "422 text"), ("work", #"{"text":"*100#"}"#, Failure(.timeout), "404"),
        ("home", #"{"txt":"*100#"}"#, Failure(.timeout), "400 text"),
    ])
    func `a USSD request that fails says why`(line: String, body: String, failure: Failure, refusal: String) async throws {
        let bench = try await Bench(ussd: Network(answer: .failure(failure)))
        #expect(await bench.ask(.post, "/api/v1/lines/\(line)/ussd", body).refusal == refusal)
    }

    @Test func `a line that cannot do USSD says so, and sending needs the admin scope`() async throws {
        let bench = try await Bench()
        #expect(await bench.ask(.post, "/api/v1/lines/home/ussd", #"{"text":"*100#"}"#).refusal == "409")
        #expect(await bench.ask(.post, "/api/v1/lines/home/ussd", token: Bench.sender, #"{"text":"*100#"}"#).refusal == "403")
    }

    @Test func `a send in doubt is settled by a person, once`() async throws {
        let bench = try await Bench()
        _ = try await bench.submit()
        let claim = try #require(
            try await bench.ledger.claim(
                .trunk("home"), limit: 1, now: bench.clock.now(), lease: bench.clock.now() + .seconds(60), mint: bench.mint
            ).claims.first)
        try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.clock.now())
        try await bench.ledger.settle([
            Settlement(
                attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: bench.clock.now(),
                following: [])
        ])
        let path = "/api/v1/deliveries/\(claim.delivery.id)/decision"
        #expect(await bench.ask(.post, path, #"{"decision":"forget"}"#).refusal == "422 decision")
        #expect(await bench.ask(.post, path, token: Bench.sender, #"{"decision":"takeAsSent"}"#).refusal == "403")
        let response = await bench.ask(.post, path, #"{"decision":"takeAsSent"}"#)
        #expect(response.text == #"{"id":"\#(claim.delivery.id)","decision":"takeAsSent"}"#)
        #expect(try await bench.ledger.message(claim.message.id)?.state == .sent)
        #expect(await bench.ask(.post, path, #"{"decision":"takeAsSent"}"#).refusal == "409")
        #expect(try await noted(bench) == ["troubleSettled takeAsSent, token admin, 192.0.2.1"])
        #expect(await bench.ask(.post, "/api/v1/deliveries/x/decision", #"{"decision":"takeAsSent"}"#).refusal == "404")
    }

    @Test func `who takes a send as failed has its writer told so`() async throws {
        let bench = try await Bench()
        _ = try await bench.submit()
        let now = bench.clock.now()
        let claim = try #require(
            try await bench.ledger.claim(.trunk("home"), limit: 1, now: now, lease: now + .seconds(60), mint: bench.mint).claims.first)
        try await bench.ledger.settle([
            Settlement(
                attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: now, following: [])
        ])
        #expect(await bench.ask(.post, "/api/v1/deliveries/\(claim.delivery.id)/decision", #"{"decision":"takeAsFailed"}"#).status == 200)
        let news = try await bench.ledger.claim(.endpoint("hook"), limit: 9, now: now, lease: now + .seconds(60), mint: bench.mint).claims
        #expect(news.map(\.delivery.content) == [.status(.failed(claim.message.participants[0], Failure(.refused, "a person found that it did not leave")))])
    }

    @Test func `what could not be decoded is looked at again`() async throws {
        let bench = try await Bench()
        let receipt = Receipt(
            id: bench.mint.identifier(), line: "home", format: .modemPDU, place: "direct", octets: [1], receivedAt: bench.clock.now())
        let ids = try await bench.ledger.record([receipt])
        try await bench.ledger.commit([Reading(receipts: ids, result: .undecodable("short"), at: bench.clock.now())])
        #expect(await bench.ask(.post, "/api/v1/replay").text == #"{"replayed":1}"#)
        #expect(bench.intakeRings.value == 1)
        #expect(try await noted(bench) == ["troubleSettled replay, token admin, 192.0.2.1"])
    }
}
