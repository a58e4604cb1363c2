import Exchange
import HTTPStack
import Telephony
import Testing

@testable import Console

@Suite struct ContactPagesTests {
    private static let empty = "BEGIN:VCARD\r\nEND:VCARD\r\n"
    private static let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Mum <b>\r\nTEL:+15550199\r\nX-KEPT:yes\r\nEND:VCARD\r\nBEGIN:VCARD\r\nEND:VCARD\r\n"

    @Test func `a file of contacts is imported, listed, found and exported as it came`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let response = await browser.upload("/contacts", to: "/contacts/import", file: Self.file)
        #expect(response.location == "/contacts?added=1&omitted=1")
        let list = await browser.get("/contacts?added=1&omitted=1").text
        #expect(list.contains("Mum &lt;b&gt;"))
        #expect(list.contains("1 contacts were imported. 1 entries could not be taken."))
        #expect(await browser.get("/contacts?q=mUM").text.contains("+15550199"))
        #expect(await browser.get("/contacts?q=nobody").text.contains("No contacts yet"))
        #expect(try await Self.octets(browser.get("/contacts/export")) == String(Self.file.dropLast(Self.file.hasSuffix(Self.empty) ? Self.empty.count : 0)))
    }

    @Test func `a file without the form's token, or that is no such file, is refused and changes nothing`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        #expect(await browser.upload("/contacts", to: "/contacts/import", file: Self.file, hidden: [:]).status == 403)
        #expect(await browser.upload("/contacts", to: "/contacts/import", ["token": "x"], file: Self.file, hidden: ["token": "x"]).status == 403)
        #expect(await browser.upload("/contacts", to: "/contacts/import", file: "hello").status == 422)
        #expect(await browser.post("/contacts/import", ["token": "x"]).status == 403)
        #expect(try await bench.ledger.contacts(of: "alice", matching: "", after: nil, limit: 9).isEmpty)
        #expect(try await Browser(bench).upload("/sign-in", to: "/contacts/import", file: Self.file).location == "/sign-in")
    }

    @Test func `a contact is made, changed and removed, and is its owner's alone`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        #expect(await browser.submit("/contacts/edit", ["name": "  ", "numbers": "+15550100"]).status == 422)
        #expect(await browser.submit("/contacts/edit", ["name": "Bob", "numbers": "+15550100\r\n555 0101"]).location == "/contacts")
        let contact = try #require(try await bench.ledger.contacts(of: "alice", matching: "", after: nil, limit: 9).first)
        #expect(contact.addresses.map(\.text) == ["+15550100", "5550101"])
        let page = "/contacts/edit?uid=\(PercentEncoding.encode(contact.uid))"
        #expect(await browser.submit(page, to: "/contacts/edit", ["uid": contact.uid, "name": "Robert", "numbers": "+15550100"]).location == "/contacts")
        #expect(try await bench.ledger.contact(contact.uid, of: "alice")?.name == "Robert")
        let other = try await browser.another().settle(as: "bob")
        #expect(await other.get(page).status == 404)
        #expect(await other.submit("/contacts", to: "/contacts/remove", ["uid": contact.uid]).status == 404)
        #expect(await browser.submit("/contacts", to: "/contacts/remove", ["uid": contact.uid]).location == "/contacts")
        #expect(try await bench.ledger.contact(contact.uid, of: "alice") == nil)
    }

    @Test func `who is known is called by name in the list and in the conversation, and only by who knows them`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        _ = await browser.upload("/contacts", to: "/contacts/import", file: Self.file)
        _ = try await bench.receive("hello", from: "+15550199")
        #expect(await browser.get("/").text.contains("<bdi>Mum &lt;b&gt;</bdi>"))
        #expect(await browser.get("/conversations/1").text.contains("<h1><bdi>Mum &lt;b&gt;</bdi></h1>"))
        let other = try await browser.another().settle(as: "bob")
        #expect(await other.get("/").text.contains("<bdi>+15550199</bdi>"))
    }

    private static func octets(_ response: Response) async throws -> String {
        guard case .stream(_, let next) = response.body else { return response.text }
        var octets: [UInt8] = []
        while let piece = try await next() { octets += piece }
        return String(decoding: octets, as: UTF8.self)
    }
}

@Suite struct BlockedPagesTests {
    @Test func `a conversation is blocked from its page, leaves the list, and comes back`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        _ = try await bench.receive("buy this", from: "+15550199")
        let fields = ["sender": "+15550199", "kind": "number", "line": "home", "back": "/conversations/1"]
        #expect(await browser.get("/conversations/1").text.contains("action=\"/blocked/add\""))
        #expect(await browser.submit("/conversations/1", to: "/blocked/add", fields).location == "/conversations/1")
        #expect(try await bench.ledger.blocks() == [Block(.number("+15550199"), for: .line("home"))])
        #expect(await !browser.get("/").text.contains("buy this"))
        #expect(await browser.get("/blocked").text.contains("+15550199"))
        #expect(await browser.get("/conversations/1").text.contains("action=\"/blocked/remove\""))
        #expect(await browser.submit("/conversations/1", to: "/blocked/remove", fields).location == "/conversations/1")
        #expect(try await bench.ledger.blocks().isEmpty)
        #expect(await browser.get("/").text.contains("buy this"))
    }

    @Test func `a number is blocked by hand, a name too, and nothing else`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        for sender in ["+1 555-0100", "SPAMMER"] { #expect(await browser.submit("/you", to: "/blocked/add", ["sender": sender, "line": "home"]).status == 303) }
        for sender in ["", "!!", String(repeating: "x", count: 500)] {
            #expect(await browser.submit("/you", to: "/blocked/add", ["sender": sender, "line": "home"]).status == 422)
        }
        #expect(await browser.submit("/you", to: "/blocked/add", ["sender": "+15550100", "line": "nowhere"]).status == 422)
        #expect(Set(try await bench.ledger.blocks().map(\.sender)) == [.number("+15550100"), .alphanumeric("SPAMMER")])
        #expect(await browser.submit("/you", to: "/blocked/add", ["sender": "Homeline", "kind": "person", "line": "home"]).status == 404)
        #expect(await browser.submit("/blocked", to: "/blocked/remove", ["sender": "x", "kind": "number", "line": "home"]).status == 404)
    }

    @Test func `a name that could be a person's is shown as what it is among those that are blocked`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        try await bench.ledger.block(Block(.alphanumeric("alice"), for: .line("home")), at: bench.clock.now())
        #expect(await browser.get("/blocked").text.contains("<bdi>“alice”</bdi>"))
    }

    @Test func `a member blocks for themselves, and not for the line`() async throws {
        let bench = try await Bench()
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: SIPCredentials(realm: "x", ha1MD5: "x", ha1SHA256: "x")))
        let browser = try await Browser(bench).settle(as: "bob", role: .member)
        #expect(await browser.submit("/you", to: "/blocked/add", ["sender": "+15550199", "line": "home"]).status == 422)
        #expect(await browser.submit("/you", to: "/blocked/add", ["sender": "+15550199"]).status == 303)
        #expect(try await bench.ledger.blocks() == [Block(.number("+15550199"), for: .person("bob"))])
        let owner = try await browser.another().settle()
        #expect(await !owner.get("/blocked").text.contains("+15550199"))
    }
}
