import SIP
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

@Suite struct AuthenticatorTests {
    private let ledger = MemoryLedger()
    private let authenticator: Authenticator

    init() async throws {
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: SIPCredentials(realm: "sms.example.org", user: "alice", password: "right")))
        for (number, password) in [(1, "laptop"), (2, "phone")] as [(UInt64, String)] {
            let own = AppPassword(
                id: AppPassword.ID(high: 1, low: number), person: "alice", label: password,
                credentials: SIPCredentials(realm: "sms.example.org", user: "alice", password: password), createdAt: start)
            try await ledger.save(own, link: nil, now: start)
        }
        let directory = Directory(ledger: ledger)
        _ = try await directory.load(now: start)
        authenticator = Authenticator(realm: "sms.example.org", directory: directory)
    }

    /// What is said to an answer by this password to a challenge that this source was given so long ago.
    private func verdict(_ password: String, to challenged: String, from source: String = "192.0.2.7", after wait: Duration = .zero, user: String = "alice") throws -> String {
        let challenge = try #require(authenticator.challenges(stale: false, source: challenged, userAgent: nil, now: start).first)
        let ha1 = Digest.ha1(username: user, realm: "sms.example.org", password: password, hash: Hashing.sha256)
        var request = try register()
        let credentials = Digest.answer(
            challenge, username: user, ha1: ha1, method: .register, uri: request.uri, cnonce: "c", hash: Hashing.sha256)
        request.headers.authorization = [try #require(credentials)]
        return said(of: request, from: source, after: wait)
    }

    private func said(of request: Request, from source: String = "192.0.2.7", after wait: Duration = .zero) -> String {
        switch authenticator.verdict(for: request, source: source, now: start + wait) {
        case .person(let person, let app): app == nil ? person.id.name : "\(person.id) by an app"
        case .challenge(let stale): stale ? "stale" : "challenge"
        case .wrong(let account): "wrong \(account)"
        }
    }

    @Test func `the right answer to one's own challenge is a login, a wrong one a failure`() throws {
        #expect(try verdict("right", to: "192.0.2.7") == "alice")
        #expect(try verdict("guess", to: "192.0.2.7") == "wrong alice")
    }

    @Test func `an app is known by its own password`() throws {
        for password in ["laptop", "phone"] { #expect(try verdict(password, to: "192.0.2.7") == "alice by an app") }
    }

    @Test func `what is offered fits into little more than what asks for it`() {
        let challenges = authenticator.challenges(stale: false, source: "192.0.2.7", userAgent: nil, now: start)
        #expect(challenges.count == 2 && Set(challenges.map(\.nonce)).count == 1)
        #expect(challenges.map(\.description.utf8.count).reduce(0, +) <= 220)
    }

    @Test func `an old challenge of one's own tells who knows the password, and blames who does not`() throws {
        #expect(try verdict("right", to: "192.0.2.7", after: .seconds(301)) == "stale")
        #expect(try verdict("guess", to: "192.0.2.7", after: .seconds(301)) == "wrong alice")
    }

    @Test(arguments: ["", ", nc=00000002", ", nc=ffffffff"])
    func `a proof of the old kind, without a count, serves once, whatever count is written to it`(addition: String) throws {
        var challenge = try #require(authenticator.challenges(stale: false, source: "192.0.2.7", userAgent: nil, now: start).first)
        challenge.qop = []
        let ha1 = Digest.ha1(username: "alice", realm: "sms.example.org", password: "right", hash: Hashing.sha256)
        var first = try register(), again = first
        let answer = Digest.answer(challenge, username: "alice", ha1: ha1, method: .register, uri: first.uri, cnonce: "c", hash: Hashing.sha256)
        let proof = try #require(answer).description
        first.headers.append(.authorization, proof)
        again.headers.append(.authorization, proof + addition)
        #expect(said(of: first) == "alice")
        #expect(said(of: again) == "stale")
    }

    @Test func `with somebody else's challenge nobody is blamed and nothing learnt`() throws {
        // Whoever writes another's address on a datagram can answer a challenge of their own in it, and get that address blocked.
        #expect(try verdict("right", to: "198.51.100.9") == "stale")
        #expect(try verdict("guess", to: "198.51.100.9") == "stale")
    }

    @Test func `a user's name longer than any is nobody's, and is not looked up`() throws {
        #expect(try verdict("guess", to: "192.0.2.7", user: String(repeating: "a", count: 256)) == "wrong " + String(repeating: "a", count: 256))
        #expect(try verdict("guess", to: "192.0.2.7", user: String(repeating: "a", count: 257)) == "challenge")
    }
}
