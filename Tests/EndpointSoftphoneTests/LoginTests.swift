import SIP
import SIPStack
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// Who comes by the web with the password of an app.
@Suite struct LoginTests {
    private let softphone: Softphone

    init() async throws {
        let ledger = MemoryLedger()
        let credentials = SIPCredentials(realm: "sms.example.org", user: "alice", password: "right")
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: credentials))
        softphone = try EndpointSoftphoneTests.softphone(ledger) { _ in throw CancellationError() }
        _ = try await softphone.directory.load(now: softphone.context.mint.now())
    }

    /// Whether the right password is a login there.
    private func isLetIn(from source: String) async throws -> Bool {
        let now = softphone.context.mint.now()
        let challenge = try #require(softphone.authenticator.challenges(stale: false, source: source, userAgent: nil, now: now).first)
        let ha1 = Digest.ha1(username: "alice", realm: "sms.example.org", password: "right", hash: Hashing.sha256)
        let uri = try URI(decoding: "sip:files")
        let post = try #require(Method("POST"))
        let answer = Digest.answer(challenge, username: "alice", ha1: ha1, method: post, uri: uri, cnonce: "c", hash: Hashing.sha256)
        let authorization = try #require(answer).description
        let claim = FileServer.Credentials(authorization: authorization, method: post.token, target: uri.description, source: source)
        return await softphone.login(claim) == .person("alice")
    }

    @Test(arguments: ["192.0.2.7", "2001:db8::7"])
    func `who is shut out is shut out of the web too`(address: String) async throws {
        let source = try #require(IPAddress(address))
        for _ in 0..<10 { await softphone.agent.record(.failedLogin, by: source) }
        #expect(await softphone.agent.isBlocked(source))
        let isLetIn = try await isLetIn(from: address)
        #expect(!isLetIn)
        await softphone.agent.release(source)
        let isLetInAgain = try await self.isLetIn(from: address)
        #expect(isLetInAgain)
    }

    @Test func `a network of IPv6 is shut out as a whole`() async throws {
        for _ in 0..<10 { await softphone.agent.record(.failedLogin, by: try #require(IPAddress("2001:db8::7"))) }
        let (neighbour, other) = try await (isLetIn(from: "2001:db8::8"), isLetIn(from: "2001:db8:0:1::7"))
        #expect(!neighbour)
        #expect(other)
    }
}
