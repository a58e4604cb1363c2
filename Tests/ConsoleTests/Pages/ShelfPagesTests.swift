import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct ShelfPagesTests {
    private func signedIn(_ bench: Bench? = nil) async throws -> Browser {
        let bench = if let bench { bench } else { try await Bench() }
        return try await Browser(bench).settle()
    }

    /// A text came, and its conversation's path.
    private func received(_ text: String, from sender: String = "+15550199", _ browser: Browser) async throws -> String {
        let message = try await browser.bench.receive(text, from: sender)
        return "/conversations/\(try #require(try await browser.bench.ledger.conversationNumber(of: message.id)))"
    }

    private func place(of text: String, in page: String) -> String.Index? { page.range(of: text)?.lowerBound }

    @Test func `what is pinned stands first, what is archived elsewhere until it has news`() async throws {
        let browser = try await signedIn()
        let first = try await received("the first", from: "+15550101", browser)
        _ = try await received("the second", from: "+15550102", browser)
        #expect(await browser.submit(first, to: first + "/shelf", ["move": "pin"]).location == first)
        let list = await browser.get("/").text
        let one = try #require(place(of: "the first", in: list)), other = try #require(place(of: "the second", in: list))
        #expect(one < other)
        #expect(list.contains("aria-label=\"Pinned\""))
        #expect(await browser.submit(first, to: first + "/shelf", ["move": "archive"]).location == "/")
        #expect(!(await browser.get("/").text.contains("the first")))
        #expect(await browser.get("/?show=archived").text.contains("the first"))
        _ = try await received("news", from: "+15550101", browser)
        #expect(await browser.get("/").text.contains("news"))
        #expect(await browser.get("/?show=archived").text.contains("Nothing is archived."))
        _ = await browser.submit(first, to: first + "/shelf", ["move": "mute"])
        #expect(await browser.get("/").text.contains("aria-label=\"Muted\""))
        #expect(await browser.submit(first, to: first + "/shelf", ["move": "burn"]).status == 400)
    }

    @Test func `only what is unread, or of one line, is shown where that is asked for`() async throws {
        let browser = try await signedIn()
        let read = try await received("seen", from: "+15550101", browser)
        _ = try await received("not seen", from: "+15550102", browser)
        _ = await browser.get(read)
        let unread = await browser.get("/?show=unread").text
        #expect(unread.contains("not seen") && !unread.contains(">seen<"))
        #expect(await browser.get("/?line=home").text.contains("not seen"))
        #expect(await browser.get("/?line=office").text.contains("No messages yet."))
        #expect(await browser.get("/?show=nonsense&line=").status == 200)
    }

    @Test func `what is being written is there again until it is sent`() async throws {
        let browser = try await signedIn()
        let path = try await received("hello", browser)
        #expect(await browser.submit(path, to: path + "/draft", ["text": "half a <b>\r\nsentence"]).status == 204)
        #expect(await browser.get(path).text.contains("half a &lt;b&gt;\nsentence</textarea>"))
        let list = await browser.get("/").text
        #expect(list.contains("<em>Draft:</em>") && list.contains("half a &lt;b&gt;"))
        #expect(await browser.submit(path, ["text": "a whole sentence"]).status == 303)
        #expect(!(await browser.get("/").text.contains("Draft:")))
    }

    @Test func `what could not be sent is kept as a draft`() async throws {
        let browser = try await signedIn()
        let path = try await received("hello", browser)
        let long = String(repeating: "x", count: Submissions.textLimit + 1)
        #expect(await browser.submit(path, ["text": long]).status == 422)
        #expect(await browser.get(path).text.contains("xxxxxxxx"))
    }

    @Test func `a day is gone to, in the person's zone`() async throws {
        let browser = try await signedIn()
        var path = ""
        for day in 0..<12 {
            for number in 0..<6 { path = try await received("text \(number) of day \(day).", browser) }
            browser.bench.clock.advance(by: .seconds(86400))
        }
        let day = Times(zone: "Europe/Zurich", now: browser.bench.clock.now()).pickedDay(Instant(seconds: 1_800_000_000 + 3 * 86400))
        let target = try #require(await browser.get("\(path)?day=\(day)").location)
        #expect(target.hasPrefix("\(path)?before="))
        let page = try #require(await browser.get(String(target.prefix { $0 != "#" })).text.components(separatedBy: "<section").last)
        #expect(page.contains("text 0 of day 3.") && page.contains("text 1 of day 11.") && !page.contains("of day 2.") && !page.contains("text 2 of day 11."))
        #expect(await browser.get("\(path)?day=2100-01-01").location == path)
        for wrong in ["2026-13-01", "2026-02-30", "x", "", "1-2-3-4"] { #expect(await browser.get("\(path)?day=\(wrong)").status == 422) }
    }

    @Test func `a code is offered to be copied, and nothing else is`() async throws {
        let browser = try await signedIn()
        let path = try await received("Your code is 493817", browser)
        #expect(await browser.get(path).text.contains("data-copy=\"493817\""))
        let other = try await received("Call 555 010 0199 in 2027", from: "+15550177", browser)
        #expect(!(await browser.get(other).text.contains("data-copy")))
    }

    @Test func `a conversation's pictures are on a page of their own`() async throws {
        let browser = try await signedIn(try await Bench(carriage: ["home": [.files]]))
        let path = try await received("hello", browser)
        #expect(await browser.get(path + "/pictures").text.contains("No pictures yet."))
        let fields = Browser.hidden(in: await browser.get(path).text)
        let file = UploadedFile(name: "cat 1.png", type: "image/png", octets: [1, 2, 3])
        #expect(await browser.upload(path, fields.map { ($0, $1) } + [("text", "")], files: [file]).location == path)
        let page = await browser.get(path + "/pictures").text
        #expect(page.contains("alt=\"cat 1.png\""))
        #expect(page.matches(of: /<img src/).count == 1)
    }

    @Test func `what waits is taken back, once`() async throws {
        let browser = try await signedIn()
        let path = try await received("hello", browser)
        _ = await browser.submit(path, ["text": "not so"])
        let sent = try #require(try await browser.bench.ledger.messages(after: nil, limit: 9, lines: nil).last?.message.id)
        let page = await browser.get(path).text
        #expect(page.contains("/messages/\(sent)/withdrawal"))
        #expect(await browser.submit(path, to: "/messages/\(sent)/withdrawal", [:]).location == path)
        #expect(await browser.get(path).text.contains("taken back before it left"))
        #expect(await browser.submit(path, to: "/messages/\(sent)/withdrawal", [:]).status == 409)
        #expect(try await browser.bench.ledger.timeline(sent).contains { $0.kind == .failed })
    }
}
