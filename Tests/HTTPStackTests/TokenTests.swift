import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@testable import HTTPStack

@Suite struct TokenTests {
    private let clock = ManualClock()
    private let ledger = MemoryLedger()
    private let peer = Source.network("192.0.2.1")

    private func save(_ name: String, _ secret: String, _ scopes: Set<Token.Scope> = [.read], expires: Instant? = nil) async throws {
        try await ledger.save(
            Token(name: name, hash: TokenSecret.hash(secret), scopes: scopes, createdAt: clock.now(), expiresAt: expires))
    }

    @Test func `a secret is 256 bits in plain characters and differs each time`() {
        var generator = SystemRandomNumberGenerator()
        let secrets = (0..<100).map { _ in TokenSecret.mint { generator.next() } }
        #expect(Set(secrets).count == 100)
        #expect(secrets.allSatisfy { $0.hasPrefix("hl_") && $0.utf8.count == 46 })
        #expect(secrets.allSatisfy { $0.wholeMatch(of: /hl_[A-Za-z0-9_-]{43}/) != nil })
    }

    /// FIPS 180-4's example "abc".
    @Test func `the hash is SHA-256 in hex`() {
        #expect(TokenSecret.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `a token tells who calls; without one it is a stranger; over the socket it is the owner`() async throws {
        try await save("phone", "hl_one", [.send])
        let tokens = TokenGuard(ledger: ledger, clock: clock)
        #expect(try await tokens.identify(authorization: "Bearer hl_one", source: peer) == .token(name: "phone", scopes: [.send]))
        #expect(try await tokens.identify(authorization: "bearer hl_one", source: peer) == .token(name: "phone", scopes: [.send]))
        #expect(try await tokens.identify(authorization: nil, source: peer) == .stranger)
        #expect(try await tokens.identify(authorization: nil, source: .local) == .local)
    }

    @Test func `a token that is asked for while the first look at them is under way is as good`() async throws {
        try await save("phone", "hl_one")
        let meanwhile = Meanwhile(ledger: ledger)
        let tokens = TokenGuard(ledger: InterceptedLedger(meanwhile), clock: clock)
        meanwhile.happening.withLock { [peer] in $0 = { try await tokens.identify(authorization: "Bearer hl_one", source: peer).name } }
        #expect(try await tokens.identify(authorization: "Bearer hl_one", source: peer).name == "phone")
        #expect(meanwhile.result.withLock { $0 } == "phone")
    }

    @Test(arguments: ["Bearer hl_two", "Bearer", "Bearer ", "Basic aGxfb25l", "hl_one", "Bearer hl_one ", "Bearer HL_ONE", ""])
    func `a wrong token is refused`(authorization: String) async throws {
        try await save("phone", "hl_one")
        let tokens = TokenGuard(ledger: ledger, clock: clock)
        await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: authorization, source: peer) }
    }

    @Test func `a token dies at its time, and within a second of being removed`() async throws {
        try await save("brief", "hl_one", expires: clock.now() + .seconds(60))
        try await save("long", "hl_two")
        let tokens = TokenGuard(ledger: ledger, clock: clock)
        #expect(try await tokens.identify(authorization: "Bearer hl_one", source: peer).name == "brief")
        clock.advance(by: .seconds(60))
        await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: "Bearer hl_one", source: peer) }
        #expect(try await ledger.removeToken(named: "long"))
        clock.advance(by: .seconds(1))
        await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: "Bearer hl_two", source: peer) }
    }

    @Test func `a source that tries too often must wait, others and right tokens need not`() async throws {
        try await save("phone", "hl_one")
        let tokens = TokenGuard(ledger: ledger, clock: clock)
        for _ in 0..<FailedAttempts.allowed {
            await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: "Bearer no", source: peer) }
        }
        let refusal = await #expect(throws: Problem.self) { try await tokens.identify(authorization: "Bearer no", source: peer) }
        #expect(refusal?.status == 429 && refusal?.retryAfter == 300)
        await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: "Bearer no", source: .network("192.0.2.2")) }
        #expect(try await tokens.identify(authorization: "Bearer hl_one", source: peer).name == "phone")
        clock.advance(by: .seconds(300))
        await #expect(throws: Problem.unauthorized) { try await tokens.identify(authorization: "Bearer no", source: peer) }
    }

    @Test func `failures of many sources are counted in bounded memory`() {
        var failures = FailedAttempts()
        for number in 0..<20_000 { _ = failures.note("10.\(number >> 8).\(number & 255)", now: clock.now() + .milliseconds(Int64(number))) }
        #expect(failures.sourceCount <= FailedAttempts.sourceLimit)
    }

    @Test(
        arguments: [
            (Caller.stranger, []), (.token(name: "a", scopes: [.read]), ["read"]), (.token(name: "a", scopes: [.send]), ["send"]),
            (.token(name: "a", scopes: [.admin]), ["read", "send", "admin"]), (.local, ["read", "send", "admin"]),
        ] as [(Caller, [String])])
    func `a scope allows itself, and admin everything`(caller: Caller, allowed: [String]) {
        #expect(Token.Scope.allCases.filter(caller.may).map(\.rawValue) == allowed)
    }
}

/// Lets something happen while the tokens are read for the first time.
private final class Meanwhile: LedgerInterceptor {
    let ledger: MemoryLedger
    let happening = Mutex<(@Sendable () async throws -> String)?>(nil)
    let result = Mutex<String?>(nil)

    init(ledger: MemoryLedger) { self.ledger = ledger }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let happening = call == .tokens ? happening.withLock { happening in
            defer { happening = nil }
            return happening
        } : nil
        if let happening {
            let name = try? await happening()
            result.withLock { $0 = name }
        }
        return try await body(ledger)
    }
}
