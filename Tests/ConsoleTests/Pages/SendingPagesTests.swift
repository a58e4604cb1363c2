import Exchange
import HomelineTesting
import Logging
import Synchronization
import Telephony
import Testing

@testable import Console
@testable import HTTPStack

@Suite struct SendingPagesTests {
    private static let picture = UploadedFile(name: "cat.png", type: "image/png", octets: [0x89, 0x50, 0x0D, 0x0A, 0x2D, 0x2D, 0x63])

    /// A browser before a conversation of a line that takes files.
    private func opened(carriage: Carriage = [.files], limits: [LineID: MultimediaLimits] = [:]) async throws -> (Browser, String) {
        let bench = try await Bench(carriage: ["home": carriage], limits: limits)
        let browser = try await Browser(bench).settle()
        let message = try await bench.receive("hello")
        return (browser, "/conversations/\(try #require(try await bench.ledger.conversationNumber(of: message.id)))")
    }

    private func fields(_ browser: Browser, _ path: String, _ more: (String, String)...) async -> [(String, String)] {
        Browser.hidden(in: await browser.get(path).text).map { ($0, $1) } + more
    }

    private func last(_ browser: Browser) async throws -> Message? {
        try await browser.bench.ledger.messages(after: nil, limit: 99, lines: nil).last?.message
    }

    @Test func `files go with a text, each as it is`() async throws {
        let (browser, path) = try await opened()
        let large = UploadedFile(name: "C:\\photos\\big.jpg", type: "image/jpeg", octets: [UInt8](repeating: 7, count: 300_000))
        #expect(await browser.upload(path, await fields(browser, path, ("text", "look")), files: [Self.picture, large]).location == path)
        let message = try #require(try await last(browser))
        #expect(message.text == "look")
        #expect(message.parts.map(\.name) == [nil, "cat.png", "big.jpg"])
        #expect(message.parts[1].content == .inline(Self.picture.octets))
        #expect(message.parts[2].size == 300_000)
        #expect(await browser.get(path).text.contains("alt=\"big.jpg\""))
    }

    @Test func `a file alone is a message, and a picker that was left empty is none`() async throws {
        let (browser, path) = try await opened()
        #expect(await browser.upload(path, await fields(browser, path, ("text", "")), files: [Self.picture]).status == 303)
        #expect(try await last(browser)?.parts.count == 1)
        let empty = UploadedFile(name: "", type: "application/octet-stream", octets: [])
        #expect(await browser.upload(path, await fields(browser, path, ("text", "only words")), files: [empty]).status == 303)
        #expect(try await last(browser)?.text == "only words")
        #expect(await browser.upload(path, await fields(browser, path, ("text", "")), files: [empty]).status == 422)
    }

    @Test func `what a browser says of a file makes nothing of it that runs`() async throws {
        let (browser, path) = try await opened()
        let files = [
            UploadedFile(name: "a.html", type: "text/html", octets: [60]), UploadedFile(name: "b.txt", type: "text/plain", octets: [65]),
            UploadedFile(name: "../../etc/passwd", type: "nonsense", octets: [66]),
        ]
        #expect(await browser.upload(path, await fields(browser, path, ("text", "x")), files: files).status == 303)
        let message = try #require(try await last(browser))
        #expect(message.parts.dropFirst().map(\.name) == ["a.html", "b.txt", "passwd"])
        #expect(message.parts.dropFirst().map(\.mediaType) == ["text/html", "application/octet-stream", "application/octet-stream"])
        #expect(await browser.get("/messages/\(message.id)/files/1").contentType == "application/octet-stream")
    }

    @Test func `no file is read of a form that is not ours`() async throws {
        let (browser, path) = try await opened()
        #expect(await browser.upload(path, [("token", "0"), ("text", "x")], files: [Self.picture]).status == 403)
        let right = await fields(browser, path, ("text", "x"))
        #expect(await browser.upload(path, right, files: [], headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(await browser.ask(.post, path, ["Content-Type": "multipart/form-data; boundary=b"], Array("--b\r\n\r\n".utf8)).status == 400)
        #expect(try await last(browser)?.text == "hello")
    }

    @Test func `four gigabytes are refused by their length alone, and what is too much as soon as it is`() async throws {
        let (browser, path) = try await opened()
        let page = await fields(browser, path, ("text", "x"))
        let asked = Mutex(0)
        let request = Request(
            .post, path,
            headers: [
                "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "\(4 << 30)", "Cookie": browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; "),
            ], source: .network("127.0.0.1"))
        let body = RequestBody(limit: Upload.limit) { _ in asked.withLock { $0 += 1 } }
        let refused = await #expect(throws: Problem.self) { try await Upload(request, body) { _ in } }
        #expect(refused?.status == 413 && asked.withLock { $0 } == 0)
        let big = UploadedFile(name: "a", type: "video/mp4", octets: [UInt8](repeating: 0, count: NewParts.octetLimit + 1))
        #expect(await browser.upload(path, page, files: [big]).status == 413)
    }

    @Test func `the form says what the line takes, and a line of texts offers no files`() async throws {
        let (browser, path) = try await opened(limits: ["home": .cautious])
        let page = await browser.get(path).text
        #expect(page.contains("This line takes 300 kB: larger pictures are made smaller.") && page.contains("data-limit=\"307200\""))
        let (other, there) = try await opened(carriage: [])
        #expect(!(await other.get(there).text.contains("type=\"file\"")))
        let answer = await other.upload(there, await fields(other, there, ("text", "kept")), files: [Self.picture])
        #expect(answer.status == 422 && answer.text.contains("The line home sends texts only.") && answer.text.contains("kept</textarea>"))
    }

    @Test func `a message waits for its time, and leaves then`() async throws {
        let (browser, path) = try await opened()
        let bench = browser.bench, times = Times(zone: "Europe/Zurich", now: bench.clock.now())
        let due = bench.clock.now() + .seconds(7200)
        let written = await fields(browser, path, ("text", "later"), ("at", times.picked(due)))
        for _ in 0..<2 { #expect(await browser.upload(path, written, files: [Self.picture]).location == path) }
        #expect(try await last(browser)?.text == "hello")
        let page = await browser.get(path).text
        #expect(page.matches(of: /class="bubble ours held"/).count == 1 && page.contains("Will be sent") && page.contains("cat.png"))
        #expect(await browser.get("/held").text.contains("later"))
        bench.clock.advance(by: .seconds(3600))
        #expect(await bench.desk.personal.heldMessages.sendDue() == .seconds(60))
        #expect(try await last(browser)?.text == "hello")
        bench.clock.advance(by: .seconds(3600))
        for _ in 0..<2 { #expect(await bench.desk.personal.heldMessages.sendDue() == nil) }
        let sent = try await bench.ledger.messages(after: nil, limit: 99, lines: nil).map(\.message)
        #expect(sent.map(\.text) == ["hello", "later"] && sent[1].parts.count == 2 && sent[1].sender == .person("alice"))
        #expect(await browser.get("/held").text.contains("Nothing is scheduled."))
    }

    @Test func `a form that was sent before swallows nothing that is written into it then`() async throws {
        let (browser, path) = try await opened()
        let page = await fields(browser, path)
        for _ in 0..<2 { #expect(await browser.upload(path, page + [("text", "one")], files: []).status == 303) }
        let answer = await browser.upload(path, page + [("text", "two")], files: [])
        #expect(answer.status == 422 && answer.text.contains("had sent a message already") && answer.text.contains("two</textarea>"))
        #expect(try await last(browser)?.text == "one")
        let fresh = Browser.hidden(in: answer.text).map { ($0, $1) }
        #expect(await browser.upload(path, fresh + [("text", "two")], files: []).status == 303)
        let sent = try await browser.bench.ledger.messages(after: nil, limit: 99, lines: nil).map(\.message.text)
        #expect(sent == ["hello", "one", "two"])
    }

    @Test func `a form for somebody new that was sent before sends nothing to anybody else unsaid`() async throws {
        let (browser, _) = try await opened()
        let page = Browser.hidden(in: await browser.get("/new").text).merging(["text": "hi"]) { $1 }
        #expect(await browser.post("/new", page.merging(["to": "+15550100"]) { $1 }).status == 303)
        let answer = await browser.post("/new", page.merging(["to": "+15550101"]) { $1 })
        #expect(answer.status == 422 && answer.text.contains("had sent a message already"))
        #expect(await browser.post("/new", Browser.hidden(in: answer.text).merging(["to": "+15550101", "text": "hi"]) { $1 }).status == 303)
        #expect(try await last(browser)?.participants == [.number("+15550101")])
    }

    @Test func `what is changed on a form that waits already is not passed over`() async throws {
        let (browser, path) = try await opened()
        let bench = browser.bench, times = Times(zone: "Europe/Zurich", now: bench.clock.now())
        let soon = times.picked(bench.clock.now() + .seconds(3600)), later = times.picked(bench.clock.now() + .seconds(7200))
        let page = await fields(browser, path, ("text", "one"))
        #expect(await browser.upload(path, page + [("at", soon)], files: []).status == 303)
        let answer = await browser.upload(path, page + [("at", later)], files: [])
        #expect(answer.status == 422 && answer.text.contains("had sent a message already"))
        #expect(try await bench.ledger.heldMessages(of: "alice").count == 1)
        // Nor when it has left: what leaves under a key that was used is taken for the first.
        bench.clock.advance(by: .seconds(3600))
        #expect(await bench.desk.personal.heldMessages.sendDue() == nil)
        #expect(await browser.upload(path, page + [("at", later)], files: []).status == 422)
        let fresh = Browser.hidden(in: answer.text).map { ($0, $1) }
        #expect(await browser.upload(path, fresh + [("text", "one"), ("at", later)], files: []).status == 303)
        #expect(try await bench.ledger.heldMessages(of: "alice").count == 1)
    }

    @Test func `what one person has waiting is bounded in octets too`() async throws {
        let (browser, path) = try await opened()
        let at = Times(zone: "Europe/Zurich", now: browser.bench.clock.now()).picked(browser.bench.clock.now() + .seconds(7200))
        let large = UploadedFile(name: "a.mp4", type: "video/mp4", octets: [UInt8](repeating: 0, count: NewParts.octetLimit))
        for _ in 0..<5 { #expect(await browser.upload(path, await fields(browser, path, ("text", ""), ("at", at)), files: [large]).status == 303) }
        let answer = await browser.upload(path, await fields(browser, path, ("text", "more"), ("at", at)), files: [large])
        #expect(answer.status == 422 && answer.text.contains("25 MB"))
        #expect(try await browser.bench.ledger.heldMessages(of: "alice").count == 5)
    }

    @Test func `a line whose queue is full holds up no other's`() async throws {
        let bench = try await Bench(), ledger = bench.ledger, now = bench.clock.now()
        try await ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: now), keeping: nil)
        let submissions = Submissions(
            ledger: ledger, numbering: SimpleNumbering(), plan: RoutingPlan(routes: []), limits: ["home": 1, "office": 9], mint: bench.mint, workers: WakeGroup())
        let held = HeldMessages(
            ledger: ledger, book: ledger, submissions: submissions, media: bench.media, clock: bench.clock.now, pause: pauseForever,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for (index, line) in (["home", "home", "office"] as [LineID]).enumerated() {
            try await ledger.hold(
                HeldMessage(
                    id: bench.mint.identifier(), person: "alice", line: line, recipients: [.number("+15550100")], parts: [.text("\(index)")],
                    due: now - .seconds(Int64(9 - index)), heldAt: now))
        }
        #expect(await held.sendDue() == .seconds(10))
        #expect(try await ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.text) == ["0", "2"])
        #expect(try await ledger.heldMessages(of: "alice").map(\.parts) == [[.text("1")]])
    }

    @Test func `however much waits for a full queue, it holds up no other's, and its line is asked once`() async throws {
        let bench = try await Bench(), ledger = bench.ledger, now = bench.clock.now()
        try await ledger.save(Account(person: "alice", role: .owner, password: "x", createdAt: now), keeping: nil)
        let submissions = Submissions(
            ledger: ledger, numbering: SimpleNumbering(), plan: RoutingPlan(routes: [], carriage: ["home": .files]), limits: ["home": 0, "office": 9],
            mint: bench.mint, workers: WakeGroup())
        let held = HeldMessages(
            ledger: ledger, book: ledger, submissions: submissions, media: bench.media, clock: bench.clock.now, pause: pauseForever,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for index in 0..<50 {
            let file = Part(contentType: "video/mp4", octets: [UInt8](repeating: UInt8(index), count: PartContent.inlineLimit + 1))
            try await ledger.hold(
                HeldMessage(
                    id: bench.mint.identifier(), person: "alice", line: index == 49 ? "office" : "home", recipients: [.number("+15550100")],
                    parts: index == 49 ? [.text("the last")] : [file], due: now - .seconds(Int64(99 - index)), heldAt: now))
        }
        #expect(await held.sendDue() == .seconds(10))
        #expect(try await ledger.messages(after: nil, limit: 99, lines: nil).map(\.message.text) == ["the last"])
        #expect(await bench.media.room().used == PartContent.inlineLimit + 1)
    }

    @Test func `who may not send over a line any more sends nothing later either`() async throws {
        let bench = try await Bench()
        let credentials = SIPCredentials(realm: "x", ha1MD5: "", ha1SHA256: "")
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: credentials))
        let bob = try await Browser(bench).settle(as: "bob", role: .member), carol = try bob.another()
        try await bench.ledger.save(Person(id: "carol", lines: ["home"], credentials: credentials))
        try await carol.settle(as: "carol", role: .member)
        let at = Times(zone: "Europe/Zurich", now: bench.clock.now()).picked(bench.clock.now() + .seconds(7200))
        for browser in [bob, carol] {
            #expect(await browser.submit("/new", ["to": "+15550100", "text": "later", "line": "home", "at": at]).location == "/held")
        }
        try await bench.ledger.save(Person(id: "bob", lines: ["office"], credentials: credentials))
        _ = try await bench.ledger.removeAccount(of: "carol")
        bench.clock.advance(by: .seconds(7200))
        #expect(await bench.desk.personal.heldMessages.sendDue() == nil)
        #expect(try await bench.ledger.messages(after: nil, limit: 9, lines: nil).isEmpty)
        #expect(await bob.get("/held").text.contains("bob sends nothing over the line home any more"))
        // With the line he has them back.
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: credentials))
        let held = try #require(try await bench.ledger.heldMessages(of: "bob").first)
        #expect(await bob.submit("/held", to: "/held/\(held.id)", ["do": "send"]).location == "/held")
        #expect(await bench.desk.personal.heldMessages.sendDue() == nil)
        #expect(try await bench.ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.sender) == [.person("bob")])
    }

    @Test func `what waits is sent now, or forgotten, by who wrote it`() async throws {
        let (browser, path) = try await opened()
        let bench = browser.bench, times = Times(zone: "Europe/Zurich", now: bench.clock.now())
        for text in ["one", "two"] {
            _ = await browser.submit(path, ["text": text, "at": times.picked(bench.clock.now() + .seconds(7200))])
        }
        let held = try await bench.ledger.heldMessages(of: "alice")
        let one = try #require(held.first { $0.parts.first?.text == "one" }), two = try #require(held.first { $0.parts.first?.text == "two" })
        let other = try await browser.another().settle(as: "bob")
        #expect(await other.submit("/held", to: "/held/\(one.id)", ["token": Browser.hidden(in: await other.get("/you").text)["token"] ?? "", "do": "forget"]).status == 409)
        #expect(await browser.submit("/held", to: "/held/\(two.id)", ["do": "forget"]).location == "/held")
        #expect(await browser.submit("/held", to: "/held/\(one.id)", ["do": "send"]).location == "/held")
        #expect(await bench.desk.personal.heldMessages.sendDue() == nil)
        #expect(try await last(browser)?.text == "one")
        #expect(await browser.submit(path, to: "/held/\(one.id)", ["do": "forget"]).status == 409)
    }

    @Test func `what cannot be sent at its time says why, and is not lost`() async throws {
        let (browser, path) = try await opened()
        let now = browser.bench.clock.now()
        try await browser.bench.ledger.hold(
            HeldMessage(
                id: browser.bench.mint.identifier(), person: "alice", line: "home", recipients: [.shortCode("112")], parts: [.text("help")], due: now, heldAt: now))
        #expect(await browser.bench.desk.personal.heldMessages.sendDue() == nil)
        let page = await browser.get("/held").text
        #expect(page.contains("emergency number") && page.contains("help"))
        _ = path
    }

    @Test(arguments: [("2020-01-01T10:00", "This time has passed."), ("tomorrow", "This is no date and time."), ("2999-01-01T00:00", "At most a year from now."), ("2027-02-30T10:00", "no date")])
    func `a time that is none is said beside it, and what was written stays`(time: String, sentence: String) async throws {
        let (browser, path) = try await opened()
        let answer = await browser.submit(path, ["text": "kept", "at": time])
        #expect(answer.status == 422 && answer.text.contains(sentence) && answer.text.contains("kept</textarea>") && answer.text.contains("<details class=\"later\" open>"))
    }

    @Test func `a time is the person's own`() {
        let times = Times(zone: "Europe/Zurich", now: Instant(seconds: 1_800_000_000))
        #expect(times.instant(picked: "2026-07-01T12:00") == Instant(seconds: 1_782_900_000))
        #expect(times.instant(picked: "2026-01-01T12:00") == Instant(seconds: 1_767_265_200))
        #expect(times.picked(Instant(seconds: 1_782_900_000)) == "2026-07-01T12:00")
        #expect(times.instant(picked: "2026-01-01") == Instant(seconds: 1_767_222_000))
    }
}
