import Crypto
import Exchange
import Foundation
import Glibc
import HTTPStack
import HomelineTesting
import Logging
import Synchronization
import Telephony
import Testing
import Wire

@testable import Console

@Suite struct PushCallerTests {
    /// A push service that answers as it is told, and keeps what it was asked.
    private final class PushService: WebClient {
        let requests = Mutex<[OutgoingRequest]>([])
        let status: @Sendable (String) -> Int

        init(_ status: @escaping @Sendable (String) -> Int = { _ in 201 }) { self.status = status }

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            requests.withLock { $0.append(request) }
            let status = status(request.url.target)
            guard status > 0 else { throw Failure(.unreachable) }
            return OutgoingAnswer(status: status)
        }
    }

    /// A browser with its keys.
    private struct CalledBrowser {
        let key = P256.KeyAgreement.PrivateKey()
        let secret = [UInt8](repeating: 9, count: 16)

        var fields: [String: String] { ["key": Base64URL.encode(Array(key.publicKey.x963Representation)), "secret": Base64URL.encode(secret)] }

        /// What was said to it, opened as RFC 8291 §3.4 has it, from the other side.
        func open(_ octets: [UInt8]) throws -> JSON {
            let salt = Array(octets[0..<16]), theirs = Array(octets[21..<86]), sealed = octets[86...]
            let shared = try key.sharedSecretFromKeyAgreement(with: P256.KeyAgreement.PublicKey(x963Representation: theirs))
            let info = Array("WebPush: info\0".utf8) + Array(key.publicKey.x963Representation) + theirs
            let material = shared.hkdfDerivedSymmetricKey(using: SHA256.self, salt: secret, sharedInfo: info, outputByteCount: 32)
            let content = HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: aes128gcm\0".utf8), outputByteCount: 16)
            let nonce = HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: nonce\0".utf8), outputByteCount: 12)
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce.withUnsafeBytes { Array($0) }), ciphertext: Array(sealed.dropLast(16)), tag: Array(sealed.suffix(16)))
            let plain = Array(try AES.GCM.open(box, using: content))
            #expect(plain.last == 2)
            return try JSON(decoding: Array(plain.dropLast()))
        }
    }

    private func caller(_ bench: Bench, _ service: PushService, directory: String = "/nonexistent") -> PushCaller {
        PushCaller(
            ledger: bench.ledger, book: bench.ledger, blocks: bench.ledger, key: PushKey(directory: directory), client: service, clock: bench.clock.now, signal: WakeSignal(),
            pause: pauseForever, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func subscribe(_ browser: Browser, _ called: CalledBrowser, at path: String = "1") async -> Int {
        var fields = called.fields
        fields["endpoint"] = "https://push.example/\(path)"
        return await browser.submit("/you", to: "/push", fields).status
    }

    @Test func `who has a page is called with what only their browser reads, and without the text`() async throws {
        let bench = try await Bench(), service = PushService(), called = CalledBrowser()
        let browser = try await Browser(bench).settle()
        #expect(await subscribe(browser, called) == 204)
        let message = try await bench.receive("a secret", from: "+15550199")
        _ = try await bench.submit("from us")
        let caller = caller(bench, service)
        let end = try await caller.callAbout(entriesAfter: 0)
        #expect(try await caller.callAbout(entriesAfter: end) == end)
        let request = try #require(service.requests.withLock { $0.first })
        #expect(service.requests.withLock { $0.count } == 1 && request.url.description == "https://push.example/1" && request.method == .post)
        let fields = Dictionary(request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        #expect(fields["Content-Encoding"] == "aes128gcm" && fields["TTL"] == "86400" && fields["Urgency"] == "high")
        let number = try #require(try await bench.ledger.conversationNumber(of: message.id))
        let said = try called.open(request.body)
        #expect(said["body"]?.text == "New message" && said["title"]?.text == "Homeline" && said["path"]?.text == "/conversations/\(number)")
    }

    @Test(arguments: [Block.Scope.line("home"), .person("alice")])
    func `nobody is called about what a blocked sender writes`(scope: Block.Scope) async throws {
        let bench = try await Bench(), service = PushService()
        let browser = try await Browser(bench).settle()
        #expect(await subscribe(browser, CalledBrowser()) == 204)
        try await bench.ledger.block(Block(.number("+15550199"), for: scope), at: bench.clock.now())
        _ = try await bench.receive("buy this", from: "+15550199")
        _ = try await bench.receive("hello", from: "+15550198")
        _ = try await caller(bench, service).callAbout(entriesAfter: 0)
        #expect(service.requests.withLock { $0.count } == 1)
    }

    @Test func `the call is signed for the service it goes to, for half a day`() async throws {
        let bench = try await Bench(), directory = try TemporaryDirectory(), key = PushKey(directory: directory.path)
        let url = try #require(WebURL("https://push.example/send/abc"))
        let words = try key.authorization(for: url, now: Instant(seconds: 1_800_000_000)).dropFirst("vapid t=".count).components(separatedBy: ", k=")
        let pieces = words[0].split(separator: ".").map(String.init)
        let claims = try JSON(decoding: try #require(Base64URL.decode(pieces[1])))
        #expect(claims["aud"]?.text == "https://push.example" && claims["exp"] == .integer(1_800_043_200) && claims["sub"]?.text == "mailto:homeline@localhost")
        let publicKey = try P256.Signing.PublicKey(x963Representation: try #require(Base64URL.decode(words[1])))
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(Base64URL.decode(pieces[2])))
        #expect(publicKey.isValidSignature(signature, for: Array("\(pieces[0]).\(pieces[1])".utf8)))
        #expect(PushKey(directory: directory.path).publicKey == key.publicKey && words[1] == key.publicKey)
        var status = stat()
        #expect(stat(directory.path + "/push.key", &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 32)
        _ = bench
    }

    @Test func `who wants it is told who wrote and what, in their language`() async throws {
        let bench = try await Bench(), service = PushService(), called = CalledBrowser()
        let browser = try await Browser(bench).settle()
        _ = await subscribe(browser, called)
        #expect(await browser.submit("/you/pages", ["language": "fr", "told": "text"]).location == "/you/pages?saved=1")
        _ = try await bench.receive("on se voit ?", from: "+15550199")
        let caller = caller(bench, service)
        let end = try await caller.callAbout(entriesAfter: 0)
        let said = try called.open(try #require(service.requests.withLock { $0.last }?.body))
        #expect(said["title"]?.text == "+15550199" && said["body"]?.text == "on se voit ?")
        _ = await browser.submit("/you/pages", ["language": "fr", "told": "nothing"])
        _ = try await bench.receive("encore", from: "+15550199")
        _ = try await caller.callAbout(entriesAfter: end)
        #expect(try called.open(try #require(service.requests.withLock { $0.last }?.body))["body"]?.text == "Nouveau message")
    }

    @Test func `nobody is called for what is muted, for another's line, or after signing out`() async throws {
        let bench = try await Bench(), service = PushService()
        try await bench.ledger.save(Person(id: "bob", lines: ["office"], credentials: SIPCredentials(realm: "x", ha1MD5: "", ha1SHA256: "")))
        let owner = try await Browser(bench).settle()
        let member = try await owner.another().settle(as: "bob", role: .member)
        for (browser, path) in [(owner, "1"), (member, "2")] { _ = await subscribe(browser, CalledBrowser(), at: path) }
        let message = try await bench.receive("for home only")
        let caller = caller(bench, service)
        var end = try await caller.callAbout(entriesAfter: 0)
        #expect(service.requests.withLock { $0.map(\.url.target) } == ["/1"])
        try await bench.ledger.put(try #require(try await bench.ledger.conversationNumber(of: message.id)), .mute, for: "alice")
        _ = try await bench.receive("muted")
        end = try await caller.callAbout(entriesAfter: end)
        #expect(service.requests.withLock { $0.count } == 1)
        _ = await owner.submit("/you", to: "/sign-out", [:])
        _ = try await bench.receive("from another", from: "+15550177")
        _ = try await caller.callAbout(entriesAfter: end)
        #expect(service.requests.withLock { $0.count } == 1)
    }

    @Test func `a browser that is gone is called no more, one that is away again`() async throws {
        let bench = try await Bench()
        let service = PushService { path in ["/gone": 410, "/lost": 404, "/busy": 429, "/down": -1][path] ?? 201 }
        let browser = try await Browser(bench).settle()
        for path in ["gone", "lost", "busy", "down", "well"] { _ = await subscribe(browser, CalledBrowser(), at: path) }
        _ = try await bench.receive("hello")
        _ = try await caller(bench, service).callAbout(entriesAfter: 0)
        #expect(service.requests.withLock { $0.count } == 5)
        #expect(try await bench.ledger.pushSubscriptions().map(\.endpoint).sorted() == ["busy", "down", "well"].map { "https://push.example/\($0)" })
    }

    @Test func `who could not be called is called again, of each conversation with the latest, for a day and while signed in`() async throws {
        let bench = try await Bench(), down = Mutex(true), called = CalledBrowser()
        let service = PushService { _ in down.withLock { $0 } ? -1 : 201 }
        let browser = try await Browser(bench).settle()
        #expect(await subscribe(browser, called) == 204)
        _ = await browser.submit("/you/pages", ["told": "text"])
        for text in ["one", "two"] { _ = try await bench.receive(text) }
        let caller = caller(bench, service)
        var end = try await caller.callAbout(entriesAfter: 0)
        try await caller.callMissed()
        #expect(service.requests.withLock { $0.count } == 3)
        down.withLock { $0 = false }
        for _ in 0..<2 { try await caller.callMissed() }
        let requests = service.requests.withLock { $0 }
        #expect(requests.count == 4)
        #expect(try called.open(try #require(requests.last).body)["body"]?.text == "two")
        // Neither what is a day old nor who has signed out meanwhile.
        for isLate in [true, false] {
            down.withLock { $0 = true }
            _ = try await bench.receive(isLate ? "three" : "four")
            end = try await caller.callAbout(entriesAfter: end)
            down.withLock { $0 = false }
            if isLate { bench.clock.advance(by: .seconds(86400)) } else { _ = await browser.submit("/you", to: "/sign-out", [:]) }
            try await caller.callMissed()
        }
        #expect(service.requests.withLock { $0.count } == 6)
    }

    @Test func `who wants no call any more is not called again, and who wants no text is called without`() async throws {
        let bench = try await Bench(), down = Mutex(true), called = CalledBrowser()
        let service = PushService { _ in down.withLock { $0 } ? -1 : 201 }
        let browser = try await Browser(bench).settle()
        #expect(await subscribe(browser, called) == 204)
        _ = await browser.submit("/you/pages", ["told": "text"])
        let muted = try await bench.receive("muted later"), blocked = try await bench.receive("blocked later", from: "+15550177")
        _ = try await bench.receive("a secret", from: "+15550188")
        let caller = caller(bench, service)
        _ = try await caller.callAbout(entriesAfter: 0)
        #expect(service.requests.withLock { $0.count } == 3)
        try await bench.ledger.put(try #require(try await bench.ledger.conversationNumber(of: muted.id)), .mute, for: "alice")
        try await bench.ledger.block(Block(try #require(blocked.sender), for: .person("alice")), at: bench.clock.now())
        _ = await browser.submit("/you/pages", ["told": "nothing"])
        bench.clock.advance(by: .seconds(3600))
        down.withLock { $0 = false }
        for _ in 0..<2 { try await caller.callMissed() }
        let requests = service.requests.withLock { Array($0.dropFirst(3)) }
        #expect(requests.count == 1)
        let last = try #require(requests.last)
        #expect(try called.open(last.body)["title"]?.text == "Homeline")
        #expect(last.headers.first { $0.name == "TTL" }?.value == "\(86400 - 3600)")
    }

    @Test func `nobody is called again about a line that is theirs no more`() async throws {
        let bench = try await Bench(), down = Mutex(true)
        let service = PushService { _ in down.withLock { $0 } ? 503 : 201 }
        let credentials = SIPCredentials(realm: "x", ha1MD5: "", ha1SHA256: "")
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: credentials))
        let browser = try await Browser(bench).settle(as: "bob", role: .member)
        #expect(await subscribe(browser, CalledBrowser()) == 204)
        _ = try await bench.receive("for home")
        let caller = caller(bench, service)
        _ = try await caller.callAbout(entriesAfter: 0)
        try await bench.ledger.save(Person(id: "bob", lines: ["office"], credentials: credentials))
        down.withLock { $0 = false }
        try await caller.callMissed()
        #expect(service.requests.withLock { $0.count } == 1)
    }

    @Test func `as many browsers of one person are called as anybody has, and no more`() async throws {
        let bench = try await Bench()
        let browser = try await Browser(bench).settle()
        for number in 0..<PushPages.limit { #expect(await subscribe(browser, CalledBrowser(), at: "\(number)") == 204) }
        #expect(await subscribe(browser, CalledBrowser(), at: "more") == 409)
        // One that is known has new keys, and another's are not counted.
        #expect(await subscribe(browser, CalledBrowser(), at: "0") == 204)
        #expect(await subscribe(try await browser.another().settle(as: "bob", role: .member), CalledBrowser(), at: "bob") == 204)
        #expect(try await bench.ledger.pushSubscriptions().count == PushPages.limit + 1)
    }

    @Test func `only a browser's own keys and a place that may be called are taken`() async throws {
        let bench = try await Bench(), called = CalledBrowser()
        let browser = try await Browser(bench).settle()
        func answer(_ change: [String: String]) async -> Int {
            await browser.submit("/you", to: "/push", called.fields.merging(["endpoint": "https://push.example/1"]) { $1 }.merging(change) { $1 }).status
        }
        for wrong in ["http://push.example/1", "javascript:alert(1)", "", "file:///etc/passwd", "https://user@push.example/"] {
            #expect(await answer(["endpoint": wrong]) == 422)
        }
        #expect(await answer(["endpoint": "http://push.home/1"]) == 204)
        #expect(await answer(["key": "AAAA"]) == 422)
        #expect(await answer(["secret": "AAAA"]) == 422)
        #expect(await browser.get("/push").text.utf8.count == 87)
        #expect(await browser.submit("/you", to: "/push/end", ["endpoint": "http://push.home/1"]).status == 204)
        #expect(try await bench.ledger.pushSubscriptions().isEmpty)
        #expect(await (try browser.another()).get("/push").status == 303)
    }
}
