import Exchange
import HTTPStack
import HomelineTesting
import Store
import Telephony
import Testing

@testable import Console

@Suite(.timeLimit(.minutes(10))) struct LivePagesTests {
    private let ledger = MemoryLedger()

    private func visitor(_ person: PersonID = "alice", lines: [LineID]? = nil, hash: String? = nil) async throws -> Visitor {
        let account = Account(person: person, role: lines == nil ? .owner : .member, password: "", createdAt: Instant(seconds: 0))
        try await ledger.save(account, keeping: nil)
        if let lines { try await ledger.save(Person(id: person, lines: lines, credentials: SIPCredentials(realm: "", ha1MD5: "", ha1SHA256: ""))) }
        let signIn = SignIn(hash: hash ?? person.name, person: person, startedAt: Instant(seconds: 0), seenAt: Instant(seconds: 0))
        try await ledger.save(signIn)
        return Visitor(account: account, lines: lines, signIn: signIn, secret: SignInSecret(""))
    }

    private func record(_ text: String, line: LineID = "home", from sender: Address = .number("+15550199")) async throws -> Int64 {
        let clock = ManualClock()
        let message = Message(
            id: Identifier(high: UInt64.random(in: 1 ... .max), low: 1), line: line, direction: .within, sender: sender, participants: [sender], parts: [.text(text)],
            recordedAt: clock.now())
        _ = try await ledger.submit(message, key: text, deliveries: [])
        return try #require(try await ledger.conversationNumber(of: message.id))
    }

    private func next(_ page: LivePage) async -> String { await page.next().map { String(decoding: $0, as: UTF8.self) } ?? "end" }

    @Test func `every open page hears of what its visitor may see, once for all that is new`() async throws {
        let pages = LivePages(ledger: ledger)
        let owner = try await pages.open(for: visitor(), after: nil) {}
        let member = try await pages.open(for: visitor("bob", lines: ["office"]), after: nil) {}
        for page in [owner, member] { #expect(await next(page) == "retry: 3000\n\n") }
        let home = try await record("one"), office = try await record("two", line: "office")
        _ = try await record("three")
        try await pages.tell()
        let last = try await ledger.lastEntry()
        #expect(await next(owner) == "id: \(last)\ndata: \(home) \(office)\n\n")
        #expect(await next(member) == "id: \(last)\ndata: \(office)\n\n")
        pages.beat()
        #expect(await next(owner) == ":\n\n")
    }

    @Test func `what came between a page's making and its opening is not missed`() async throws {
        let pages = LivePages(ledger: ledger)
        _ = try await record("before")
        let made = try await ledger.lastEntry()
        let number = try await record("between", from: .number("+15550177"))
        let page = try await pages.open(for: visitor(), after: made) {}
        _ = await next(page)
        #expect(await next(page) == "id: \(try await ledger.lastEntry())\ndata: \(number)\n\n")
    }

    @Test func `what the others are told while a page is being opened is not missed by it`() async throws {
        let meanwhile = Meanwhile(ledger, .lastEntry), pages = LivePages(ledger: InterceptedLedger(meanwhile))
        let early = try await pages.open(for: visitor(), after: nil) {}
        meanwhile.afterwards { _ throws(LedgerError) in
            _ = try? await record("meanwhile")
            try await pages.tell()
        }
        let late = try await pages.open(for: visitor("bob"), after: nil) {}
        for page in [early, late] {
            _ = await next(page)
            page.beat()
            let heard = await next(page)
            #expect(heard.hasPrefix("id: "))
        }
    }

    @Test func `what cannot be told because the ledger does not answer is told when it does`() async throws {
        let meanwhile = Meanwhile(ledger, .accounts), pages = LivePages(ledger: InterceptedLedger(meanwhile))
        let page = try await pages.open(for: visitor(), after: nil) {}
        _ = await next(page)
        let number = try await record("news")
        meanwhile.afterwards { _ throws(LedgerError) in throw .busy("") }
        await #expect(throws: LedgerError.self) { try await pages.tell() }
        try await pages.tell()
        page.beat()
        let heard = await next(page)
        #expect(heard.hasSuffix("data: \(number)\n\n"))
    }

    @Test func `a page that was away for long is told to ask for itself anew, whatever came`() async throws {
        let pages = LivePages(ledger: ledger)
        for number in 0..<120 { _ = try await record("\(number)") }
        _ = try await record("the last", line: "office")
        let page = try await pages.open(for: visitor("bob", lines: ["office"]), after: 0) {}
        _ = await next(page)
        pages.beat()
        #expect(await next(page) == "id: \(try await ledger.lastEntry())\ndata: 0\n\n")
    }

    @Test func `a page that is open hears only of lines that its visitor still has`() async throws {
        let pages = LivePages(ledger: ledger)
        let bob = try await pages.open(for: visitor("bob", lines: ["home", "office"]), after: nil) {}
        let carol = try await pages.open(for: visitor("carol"), after: nil) {}
        for page in [bob, carol] { _ = await next(page) }
        try await ledger.change(linesOf: "bob", to: ["office"])
        try await ledger.save(Account(person: "carol", role: .member, password: "", createdAt: Instant(seconds: 0)), keeping: nil)
        _ = try await record("one")
        let office = try await record("two", line: "office")
        try await pages.tell()
        #expect(await next(bob).hasSuffix("data: \(office)\n\n"))
        pages.beat()
        #expect(await next(carol) == ":\n\n")
    }

    @Test func `who has signed out hears nothing more`() async throws {
        let pages = LivePages(ledger: ledger)
        let page = try await pages.open(for: visitor(), after: nil) {}, other = try await pages.open(for: visitor("bob"), after: nil) {}
        for page in [page, other] { _ = await next(page) }
        try await ledger.signOut("alice")
        _ = try await record("news")
        try await pages.tell()
        #expect(await next(page) == "end")
        #expect(await next(other).hasPrefix("id: "))
    }

    @Test func `one person's pages are bounded, another's are not touched by it, and a place is free when one closes`() async throws {
        let pages = LivePages(ledger: ledger)
        let alice = try await visitor()
        var open: [LivePage] = []
        for _ in 0..<LivePages.limitOfOne { open.append(try await pages.open(for: alice, after: nil) {}) }
        let refusal = await #expect(throws: Problem.self) { try await pages.open(for: alice, after: nil) {} }
        #expect(refusal?.status == 503)
        let other = try await pages.open(for: visitor("bob"), after: nil) {}
        open.removeLast()
        open.append(try await pages.open(for: alice, after: nil) {})
        #expect(pages.count == LivePages.limitOfOne + 1)
        _ = other
    }

    @Test func `a thousand pages hear of a text, and the ledger is asked as for one`() async throws {
        let pages = LivePages(ledger: ledger)
        var open: [LivePage] = []
        for person in 0..<20 {
            let visitor = try await visitor(PersonID("p\(person)"))
            for _ in 0..<50 { open.append(try await pages.open(for: visitor, after: nil) {}) }
        }
        for page in open { _ = await next(page) }
        let number = try await record("to all")
        try await pages.tell()
        for page in open { #expect(await next(page).hasSuffix("data: \(number)\n\n")) }
    }
}
