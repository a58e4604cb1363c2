import HomelineTesting
import Kinds
import Telephony
import Testing

@testable import TrunkHiLink

@Suite struct LoginTests {
    @Test func `a challenge is answered as published`() throws {
        let vector = try Vectors.logins().challenge
        let challenge = try #require(LoginChallenge(try Vectors.element("challenge"), clientNonce: vector.clientNonce))
        #expect(LoginProof.answer(to: challenge, password: vector.password) == vector.proof)
    }

    @Test func `passwords of the older types are disguised as published`() throws {
        let logins = try Vectors.logins()
        #expect(LoginProof.hashed(logins.hashed.password, user: logins.hashed.user, token: logins.hashed.token) == logins.hashed.proof)
        #expect(LoginProof.plain(logins.plain.password) == logins.plain.proof)
    }

    @Test(arguments: [
        ("ffff", "aa", "100"), ("", "aa", "0"), ("", "aa", "100001"), ("", "xx", "100"), ("", "", "100"), ("", "aa", "many"),
    ])
    func `a challenge that is none is not answered`(nonce: String, salt: String, iterations: String) {
        let element = Element("response", children: [
            Element("servernonce", text: "abcdef"), Element("salt", text: salt), Element("iterations", text: iterations),
        ])
        #expect(LoginChallenge(element, clientNonce: nonce) == nil)
    }

    @Test func `the login is chosen by what the router says`() throws {
        #expect(LoginState(try Vectors.element("state-login")).method == .challenge)
        func method(_ fields: [(String, String)]) -> LoginState { LoginState(Element("response", children: fields.map { Element($0, text: $1) })) }
        #expect(method([("State", "0"), ("password_type", "4")]).method == .none)
        #expect(method([("State", "-1"), ("password_type", "4")]).method == .hashed)
        #expect(method([("State", "-1"), ("password_type", "3")]).method == .plain(type: 3))
        #expect(method([("State", "-1")]).method == .plain(type: 0))
        #expect(method([("State", "-1"), ("password_type", "9")]).method == .unknown(type: 9))
        #expect(method([("State", "-1"), ("lockstatus", "1"), ("remainwaittime", "4")]).lockMinutes == 4)
    }

    @Test func `a refused password is not sent again, and a lock is waited for`() {
        let memory = VolatileRefusedSecrets()
        let now = Instant(seconds: 1_800_000_000)
        var door = LoginGuard(password: "p", peer: "admin@router", memory: memory)
        #expect(door.obstacle(now: now) == nil)
        #expect(door.isLocked(minutes: 2, now: now) == .lockedOut(until: now + .seconds(120)))
        #expect(door.obstacle(now: now + .seconds(119)) == .lockedOut(until: now + .seconds(120)))
        #expect(door.obstacle(now: now + .seconds(120)) == nil)
        #expect(door.wasRefused() == .wrongPassword)
        #expect(door.obstacle(now: now + .seconds(900)) == .wrongPassword)
        // A new process knows, another password may be tried.
        var restarted = LoginGuard(password: "p", peer: "admin@router", memory: memory)
        #expect(restarted.obstacle(now: now) == .wrongPassword)
        var corrected = LoginGuard(password: "q", peer: "admin@router", memory: memory)
        #expect(corrected.obstacle(now: now) == nil)
    }

    @Test func `a clock that is set back locks nobody out for longer`() {
        let now = Instant(seconds: 1_800_000_000)
        var door = LoginGuard(password: "p", peer: "admin@router", memory: VolatileRefusedSecrets())
        _ = door.isLocked(minutes: 2, now: now)
        #expect(door.obstacle(now: now - .seconds(365 * 86_400)) == nil)
    }

    @Test(arguments: ["200000000000000000", "9223372036854775807"])
    func `a lock of any length ends after a day`(minutes: String) throws {
        let now = Instant(seconds: 1_800_000_000)
        var door = LoginGuard(password: "p", peer: "admin@router", memory: VolatileRefusedSecrets())
        let state = LoginState(Element("response", children: [Element("State", text: "-1"), Element("remainwaittime", text: minutes)]))
        #expect(door.isLocked(minutes: state.lockMinutes, now: now) == .lockedOut(until: now + .seconds(86_400)))
        let error = RouterError(Element("error", children: [Element("code", text: "108007"), Element("waittime", text: minutes)]))
        #expect(door.isLocked(minutes: error.waitMinutes, now: now) == .lockedOut(until: now + .seconds(86_400)))
        #expect(door.isLocked(minutes: .min, now: now) == .lockedOut(until: now + .seconds(60)))
        #expect(door.isLocked(minutes: .max, now: now) == .lockedOut(until: now + .seconds(86_400)))
    }

    @Test func `errors are known by their codes`() throws {
        #expect(RouterError(try Vectors.element("error-108007")) == RouterError(108_007, waitMinutes: 1))
        #expect(RouterError(try Vectors.element("error-125003")).meaning == .staleSession)
        let meanings: [Int: RouterError.Meaning] = [
            100_002: .notSupported, 100_003: .loginNeeded, 100_004: .busy, 100_005: .badRequest, 101_001: .simCard, 108_001: .wrongPassword,
            108_002: .wrongPassword, 108_006: .wrongPassword, 108_003: .occupied, 108_010: .lockedOut, 111_019: .networkSilent, 111_020: .networkSilent,
            111_022: .ussdNotSupported, 113_018: .busy, 113_004: .messageStore, 125_001: .staleSession, 125_002: .staleSession, 7: .other,
        ]
        for (code, meaning) in meanings { #expect(RouterError(code).meaning == meaning, "\(code)") }
    }
}
