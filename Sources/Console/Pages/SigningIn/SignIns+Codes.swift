import Exchange
import Factors
import HTTPStack
import Telephony

// Codes that change every half a minute, and recovery codes for when the phone is gone.
extension SignIns {
    private static let recoveryCodeCount = 10

    /// Makes a secret for somebody's app. It counts once a code has proved that the app has it.
    func proposeCodes(to visitor: Visitor) async throws {
        guard try await ledger.codeSecret(of: visitor.account.person)?.confirmedAt == nil else { return }
        let secret = octets(TimedCode.secretOctets), person = visitor.account.person
        try await ledger.save(CodeSecret(person: person, sealed: try key.seal(secret, of: person), createdAt: clock()))
    }

    /// The secret that was made and is not proved yet.
    func proposedSecret(of visitor: Visitor) async throws -> [UInt8]? {
        guard let kept = try await ledger.codeSecret(of: visitor.account.person), kept.confirmedAt == nil else { return nil }
        return try key.open(kept.sealed, of: kept.person)
    }

    /// Makes the secret count; the recovery codes, which are nowhere else, or nil where the code is wrong.
    func proveCodes(_ code: String, of visitor: Visitor, _ approach: Approach) async throws -> [String]? {
        let person = visitor.account.person, now = clock()
        let step = try await judged(of: person, key.name(marked: approach.known, of: person), now: now) {
            try await proposedSecret(of: visitor).flatMap { TimedCode.step(of: code, $0, at: now.seconds, after: -1) }
        }
        guard let step else { return nil }
        let codes = makeRecoveryCodes()
        try await ledger.confirmCodes(of: person, step: step, recoveryCodes: codes.map(Self.hash), at: now)
        await audit.note(.codesTurnedOn, by: person, from: approach.source)
        return codes
    }

    /// New ones in the place of those that are left.
    func renewRecoveryCodes(of visitor: Visitor, from source: Source) async throws -> [String] {
        let codes = makeRecoveryCodes()
        try await ledger.save(recoveryCodes: codes.map(Self.hash), of: visitor.account.person)
        await audit.note(.recoveryCodesMade, by: visitor.account.person, from: source)
        return codes
    }

    /// False where the code is wrong.
    func turnOffCodes(_ code: String, of visitor: Visitor, _ approach: Approach) async throws -> Bool {
        let person = visitor.account.person
        guard try await takes(code, of: person, approach) else { return false }
        _ = try await ledger.removeCodes(of: person)
        await audit.note(.codesTurnedOff, by: person, from: approach.source)
        return true
    }

    /// The second step of signing in. What was made of the first is good for another try until it is too old.
    func signIn(ticket: [UInt8], code: String, _ approach: Approach, browser: String) async throws -> Step {
        guard let load = tickets.load(ticket, .code, for: browser, now: clock()) else { throw Problem(403, "stale", Scene.current.words.pageIsOld) }
        let proof = PasswordProof(load)
        guard let account = try await ledger.accounts().first(where: { proof == PasswordProof($0.person, $0.password) }) else { return .refused }
        guard try await takes(code, of: account.person, approach) else { return .wantsCode(ticket: ticket) }
        guard tickets.use(ticket, now: clock()) else { return .refused }
        return try await admit(account, approach, by: "password and code")
    }

    /// Uses up a code of the person's app, or a recovery code. Throws `TooManyAttempts`.
    private func takes(_ text: String, of person: PersonID, _ approach: Approach) async throws -> Bool {
        let now = clock(), source = approach.source, browser = key.name(marked: approach.known, of: person)
        let good = try await judged(of: person, browser, now: now) { try await isRight(text, of: person, from: source, now: now) ? text : nil }
        if good != nil { return true }
        refused.note(clock())
        await audit.note(.codeRefused, by: person, from: source)
        return false
    }

    /// What the code is good for. A try is used up by nil alone: neither by a right code nor where it could not be judged.
    ///
    /// - Parameter browser: the name of a browser that signed in to this account before; nil for any other.
    private func judged<Good>(of person: PersonID, _ browser: String?, now: Instant, _ judge: () async throws -> Good?) async throws -> Good? {
        try guesses.takeCodeTry(of: person, browser: browser, now: now)
        do {
            let good = try await judge()
            if good != nil { guesses.giveBackCodeTry(of: person, browser: browser) }
            return good
        } catch {
            guesses.giveBackCodeTry(of: person, browser: browser)
            throw error
        }
    }

    private func isRight(_ text: String, of person: PersonID, from source: Source, now: Instant) async throws -> Bool {
        guard let kept = try await ledger.codeSecret(of: person), kept.confirmedAt != nil else { return false }
        let secret = try key.open(kept.sealed, of: person)
        if secret == nil { log.error("the secret of somebody's codes is not under the key in factors.key", metadata: ["person": "\(person)"]) }
        let step = secret.flatMap { TimedCode.step(of: text, $0, at: now.seconds, after: kept.lastStep) }
        if let step, try await ledger.useStep(step, of: person) { return true }
        guard try await ledger.useRecoveryCode(Self.hash(text), of: person) else { return false }
        await audit.note(.recoveryCodeUsed, by: person, from: source)
        return true
    }

    /// Eighty bits each, in groups of four letters and digits.
    private func makeRecoveryCodes() -> [String] {
        (0..<Self.recoveryCodeCount).map { _ in
            let text = Array(Base32.encode(octets(10)).lowercased())
            return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }.joined(separator: "-")
        }
    }

    /// However it is typed.
    private static func hash(_ code: String) -> String {
        TokenSecret.hash("recovery " + code.lowercased().filter { $0 != "-" && !$0.isWhitespace })
    }

    func octets(_ count: Int) -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count { withUnsafeBytes(of: random()) { octets += $0 } }
        return Array(octets.prefix(count))
    }
}
