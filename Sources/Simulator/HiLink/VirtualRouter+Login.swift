import Crypto
import CryptoExtras
import Foundation

/// The logins, judged from the router's side.
extension VirtualRouter {
    /// Nil for what is no login.
    mutating func logIn(_ path: String, _ body: String, cookie: String, token: String, now: Int) -> (text: String, isIn: Bool)? {
        switch path {
        case "api/user/hilink_login":
            return (RouterXML.response(RouterXML.element("hilink_login", model.login == .none ? "0" : "1")), false)
        case "api/user/state-login": return (state(cookie, now: now), false)
        case "api/user/login": return verdict(isRight(body, token: token), cookie, now: now)
        case "api/user/challenge_login": return (challenge(body, cookie, now: now), false)
        case "api/user/authentication_login": return verdict(provesKey(body, cookie), cookie, now: now)
        case "api/user/logout":
            sessions[cookie]?.isLoggedIn = false
            return (RouterXML.response("OK"), false)
        default: return nil
        }
    }

    private func state(_ cookie: String, now: Int) -> String {
        let isIn = model.login == .none || sessions[cookie]?.isLoggedIn == true
        let wait = max(0, (lockedUntil - now + 59) / 60)
        return RouterXML.response(
            RouterXML.element("State", isIn ? "0" : "-1") + RouterXML.element("Username", "")
                + RouterXML.element("password_type", model.login == .plain ? "0" : "4")
                + RouterXML.element("extern_password_type", model.login == .challenge ? "1" : "0")
                + RouterXML.element("lockstatus", wait > 0 ? "1" : "0") + RouterXML.element("remainwaittime", "\(wait)"))
    }

    private mutating func verdict(_ isRight: Bool, _ cookie: String, now: Int) -> (text: String, isIn: Bool) {
        guard now >= lockedUntil else { return (locked(now), false) }
        noteJudgement()
        guard !isRight else {
            // There is one seat.
            for other in sessions.keys { sessions[other]?.isLoggedIn = other == cookie }
            wrongTries = 0
            return (RouterXML.response("OK"), true)
        }
        wrongTries += 1
        guard wrongTries >= model.triesUntilLocked else { return (RouterXML.error(108_006), false) }
        lockedUntil = now + model.lockMinutes * 60
        wrongTries = 0
        return (locked(now), false)
    }

    private func locked(_ now: Int) -> String {
        RouterXML.error(108_007, RouterXML.element("waittime", "\((lockedUntil - now + 59) / 60)"))
    }

    private func isRight(_ body: String, token: String) -> Bool {
        guard RouterXML.field("Username", in: body) == model.user, let password = RouterXML.field("Password", in: body),
            let type = RouterXML.field("password_type", in: body)
        else { return false }
        switch model.login {
        case .none: return true
        case .plain: return ["0", "3"].contains(type) && Data(base64Encoded: password) == Data(model.password.utf8)
        case .hashed:
            let inner = Data(Self.hex(SHA256.hash(data: Data(model.password.utf8))).utf8).base64EncodedString()
            let outer = Data(Self.hex(SHA256.hash(data: Data((model.user + inner + token).utf8))).utf8).base64EncodedString()
            return type == "4" && password == outer
        case .challenge: return false
        }
    }

    private mutating func challenge(_ body: String, _ cookie: String, now: Int) -> String {
        guard model.login == .challenge else { return RouterXML.error(100_002) }
        guard now >= lockedUntil else { return locked(now) }
        guard RouterXML.isOrdered(["username", "firstnonce", "mode"], in: body), let nonce = RouterXML.field("firstnonce", in: body), nonce.count == 64 else {
            return RouterXML.error(100_005)
        }
        let whole = nonce + text(32)
        let salt = Array(text(32).utf8)
        sessions[cookie]?.nonce = nonce
        sessions[cookie]?.challenge = whole
        sessions[cookie]?.salt = salt
        return RouterXML.response(
            RouterXML.element("salt", Self.hex(salt)) + RouterXML.element("modeselected", "1") + RouterXML.element("servernonce", whole)
                + RouterXML.element("newType", "0") + RouterXML.element("iterations", "100"))
    }

    /// Takes the client's key out of the proof, and compares its hash with the one that the password gives.
    private func provesKey(_ body: String, _ cookie: String) -> Bool {
        guard let session = sessions[cookie], let nonce = session.nonce, let whole = session.challenge,
            RouterXML.field("finalnonce", in: body) == whole, let proof = RouterXML.field("clientproof", in: body), proof.count == 64
        else { return false }
        let digits = Array(proof)
        let octets = stride(from: 0, to: 64, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 }
        guard let salted = try? KDF.Insecure.PBKDF2.deriveKey(
            from: Data(model.password.utf8), salt: Data(session.salt), using: .sha256, outputByteCount: 32, unsafeUncheckedRounds: 100)
        else { return false }
        let key = Self.code("Client Key", salted.withUnsafeBytes { Data($0) })
        let stored = Data(SHA256.hash(data: key))
        let signature = Self.code("\(nonce),\(whole),\(whole)", stored)
        return Data(SHA256.hash(data: Data(zip(octets, signature).map { $0 ^ $1 }))) == stored
    }

    private static func code(_ key: String, _ message: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Data(key.utf8))))
    }

    private static func hex(_ octets: some Sequence<UInt8>) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
