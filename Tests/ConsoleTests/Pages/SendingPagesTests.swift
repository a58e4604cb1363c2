import Exchange
import HomelineTesting
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
