import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct QueuesPageTests {
    private func signedIn(_ bench: Bench) async throws -> Browser { try await Browser(bench).settle() }

    /// Submits a text, and ends its attempt as told.
    private func settled(_ bench: Bench, _ text: String, _ result: Settlement.Result) async throws -> DeliveryID {
        _ = try await bench.submit(text)
        let now = bench.clock.now()
        let claims = try await bench.ledger.claim(.trunk("home"), limit: 10, now: now, lease: now + .seconds(60), mint: bench.mint).claims
        let claim = try #require(claims.first { $0.message.text == text })
        try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: now)
        try await bench.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])])
        return claim.delivery.id
    }

    private func act(_ browser: Browser, _ act: String, of subject: String) async -> Response {
        await browser.submit("/you", to: "/health/queues", ["act": act, "of": subject])
    }

    private func state(_ bench: Bench, _ delivery: DeliveryID) async throws -> DeliveryState? {
        for record in try await bench.ledger.messages(after: nil, limit: 10, lines: nil) {
            if let found = try await bench.ledger.deliveries(of: record.message.id).first(where: { $0.delivery.id == delivery }) { return found.state }
        }
        return nil
    }

    @Test func `nothing waits where nothing went wrong`() async throws {
        let page = await (try await signedIn(try await Bench())).get("/health/queues")
        #expect(page.status == 200 && page.text.contains("Nothing waits for you here."))
    }

    @Test func `a failed text is shown with its reason, tried again or dropped, once`() async throws {
        let bench = try await Bench(), browser = try await signedIn(bench)
        let delivery = try await settled(bench, "no credit", .failed(Failure(.cms(38))))
        let page = await browser.get("/health/queues").text
        #expect(page.contains("Failed (1)") && page.contains("+CMS ERROR 38") && page.contains("+15550100 over home") && !page.contains("no credit"))
        #expect(await act(browser, "retry", of: "\(delivery)").location == "/health/queues?note=done")
        #expect(await act(browser, "retry", of: "\(delivery)").location == "/health/queues?note=gone")
        let again = try await settled(bench, "no credit", .failed(Failure(.refused)))
        #expect(again != delivery, "under its old name the carrier's side may take it for a repetition")
        #expect(await act(browser, "drop", of: "\(again)").location == "/health/queues?note=done")
        #expect(await browser.get("/health/queues").text.contains("Nothing waits"))
        let message = try #require(try await bench.ledger.messages(after: nil, limit: 1, lines: nil).first).message.id
        #expect(try await bench.ledger.timeline(message).map(\.kind).filter { $0 == .retried || $0 == .dropped } == [.retried, .dropped])
        #expect(try await bench.ledger.timeline(message).last?.detail.contains("alice") == true)
        let noted = try await bench.ledger.auditEntries(before: nil, limit: 2)
        #expect(noted.map(\.act) == [.troubleSettled, .troubleSettled] && noted.map(\.about) == ["drop", "retry"] && noted.allSatisfy { $0.person == "alice" })
    }

    @Test(arguments: [("sendAgain", DeliveryState.pending), ("takeAsSent", .accepted), ("takeAsFailed", .failed)])
    func `a send in doubt is what its owner says`(decision: String, state: DeliveryState) async throws {
        let bench = try await Bench(), browser = try await signedIn(bench)
        let delivery = try await settled(bench, "perhaps", .inDoubt(Failure(.lostAnswer)))
        #expect(await browser.get("/health/queues").text.contains("In doubt (1)"))
        #expect(await act(browser, decision, of: "\(delivery)").status == 303)
        #expect(try await self.state(bench, delivery) == state)
    }

    @Test func `what was not understood is shown without what it says, and read again or dropped`() async throws {
        let bench = try await Bench(), browser = try await signedIn(bench)
        let octets: [UInt8] = [0x07, 0x91] + Array("+15550100199 secret".utf8)
        var ids: [ReceiptID] = []
        for place in ["SM/1", "SM/2"] {
            let receipt = Receipt(id: bench.mint.identifier(), line: "home", format: .modemPDU, place: place, octets: octets, receivedAt: bench.clock.now())
            ids += try await bench.ledger.record([receipt])
        }
        for id in ids { try await bench.ledger.commit([Reading(receipts: [id], result: .undecodable("octet 9 of 15550100199: no length"), at: bench.clock.now())]) }
        let page = await browser.get("/health/queues").text
        #expect(page.contains("Not understood (2)") && page.contains("07 91 ·· ··") && !page.contains("15550100199") && !page.contains("73 65"))
        let raw = await browser.get("/health/queues/receipts/\(ids[0])")
        #expect(raw.text.hasPrefix("0791") && raw.text.contains("736563726574"))
        #expect(await act(browser, "replay", of: "\(ids[0])").location == "/health/queues?note=done")
        #expect(bench.intakeRings.value == 1)
        #expect(try await bench.ledger.unreadReceipts(line: nil).map(\.id) == [ids[0]])
        #expect(await browser.get("/health/queues/receipts/\(ids[0])").status == 404)
        #expect(await act(browser, "drop-receipt", of: "\(ids[1])").location == "/health/queues?note=done")
        #expect(await browser.get("/health/queues").text.contains("Nothing waits"))
    }

    @Test func `one receipt that somebody else settled meanwhile does not keep the others from being read again`() async throws {
        let bench = try await Bench()
        var ids: [ReceiptID] = []
        for place in ["SM/1", "SM/2", "SM/3"] {
            let receipt = Receipt(id: bench.mint.identifier(), line: "home", format: .modemPDU, place: place, octets: [1], receivedAt: bench.clock.now())
            ids += try await bench.ledger.record([receipt])
        }
        for id in ids { try await bench.ledger.commit([Reading(receipts: [id], result: .undecodable("short"), at: bench.clock.now())]) }
        let repairs = bench.desk.care.repairs
        try await repairs.drop(ids[1], by: "bob")
        try await repairs.replay(ids, by: "alice")
        #expect(try await bench.ledger.unreadReceipts(line: nil).map(\.id) == [ids[0], ids[2]])
    }

    @Test func `a picture that was not fetched is fetched now, or dropped`() async throws {
        let bench = try await Bench(), browser = try await signedIn(bench)
        let now = bench.clock.now()
        let retrieval = Retrieval(
            id: bench.mint.identifier(), line: "home",
            announcement: Announcement(
                transaction: "1", location: "http://mms/secret", sender: .alphanumeric("alice"), subject: "s", size: 34_000, expires: now + .seconds(86400)),
            announcedAt: now)
        let ids = try await bench.ledger.record([
            Receipt(id: bench.mint.identifier(), line: "home", format: .modemPDU, place: "SM/1", octets: [1], receivedAt: now)
        ])
        try await bench.ledger.commit([Reading(receipts: ids, result: .announcement(retrieval), at: now)])
        try await bench.ledger.note(.failed(Failure(.http(404))), of: retrieval.id, at: now)
        let page = await browser.get("/health/queues").text
        #expect(page.contains("Pictures not fetched (1)") && page.contains("34000 octets") && page.contains("The server answered 404") && !page.contains("http://mms"))
        // Anybody may send under a name.
        #expect(page.contains("<bdi>“alice”</bdi>"))
        #expect(await act(browser, "fetch", of: "\(retrieval.id)").location == "/health/queues?note=done")
        #expect(try await bench.ledger.retrievals().first?.state == .waiting)
        #expect(await act(browser, "drop-picture", of: "\(retrieval.id)").location == "/health/queues?note=gone")
    }

    @Test func `a form that asks for nothing there is changes nothing`() async throws {
        let browser = try await signedIn(try await Bench())
        for (name, subject) in [("", ""), ("explode", "1"), ("retry", "x"), ("sendAgain", "x"), ("replay", "<script>")] {
            #expect(await act(browser, name, of: subject).status == 400)
        }
    }

    @Test func `there is nothing of all that for members and strangers`() async throws {
        let bench = try await Bench()
        let member = try await Browser(bench).settle(as: "bob", role: .member)
        for path in ["/health/parts", "/health/queues", "/health/log", "/health/support"] { #expect(await member.get(path).status == 403) }
        let token = Browser.hidden(in: await member.get("/you").text)
        for path in ["/health/parts", "/health/queues", "/health/alerts", "/lines/home/restart", "/lines/home/pin", "/lines/home/ussd"] {
            #expect(await member.post(path, token).status == 403)
        }
        let stranger = try member.another()
        for path in ["/health/parts", "/health/queues", "/health/log", "/health/support", "/lines", "/lines/home"] { #expect(await stranger.get(path).status == 303) }
        #expect(await stranger.get("/health/log/events").status == 204)
        #expect(await member.get("/health/log/events").status == 204)
    }

    @Test func `the log is followed by nobody who is no owner any more`() async throws {
        let bench = try await Bench(), owner = try await Browser(bench).settle()
        bench.log.add(.info, label: "test", "one", details: [], at: bench.clock.now())
        guard case .stream(_, let next) = await owner.get("/health/log/events?after=0").body else { throw CancellationError() }
        #expect(try await next() != nil)
        let account = try #require(try await bench.ledger.accounts().first)
        try await bench.ledger.save(Account(person: account.person, role: .member, password: account.password, createdAt: account.createdAt), keeping: nil)
        #expect(try await next() == nil)
    }
}
