import Exchange
import HTTPStack
import Telephony

extension SignIns {
    /// What becomes of a name and a password.
    enum Step: Sendable {
        case admitted(Admitted)
        /// They are right, and a code is wanted too; what comes with it shows that they were.
        case wantsCode(ticket: [UInt8])
        case refused
    }

    /// Throws `TooManyAttempts` to who tried too often.
    ///
    /// - Parameter browser: the secret that ties the form to the browser.
    func signIn(_ name: String, _ password: String, _ approach: Approach, browser: String) async throws -> Step {
        // A longer name is nobody's. To look one up takes long for some that strangers can send.
        let name = name.utf8.count <= 256 ? name : ""
        let known = key.name(marked: approach.known, of: PersonID(name))
        try guesses.check(name, from: approach.source, browser: known, now: clock())
        let account = try await ledger.accounts().first { $0.person.name == name }
        guard try await passwords.matches(password, account?.kept, for: known == nil ? .stranger : .known), let account else {
            guesses.noteWrong(name, from: approach.source, browser: known, now: clock())
            await noteRefusal(.signInRefused, "sign-in refused", from: approach.source, about: account.map { $0.person.name } ?? "")
            return .refused
        }
        guard try await ledger.codeSecret(of: account.person)?.confirmedAt == nil else {
            let proof = PasswordProof(account.person, account.password)
            return .wantsCode(ticket: tickets.make(.code, bearing: proof.octets, for: browser, now: clock()))
        }
        return try await admit(account, approach, by: "password")
    }

    /// Lets in who showed the password of an account. To compare it took a while, and to look for a code may have taken minutes.
    func admit(_ account: Account, _ approach: Approach, by way: String) async throws -> Step {
        do {
            return .admitted(try await begin(account.person, approach, by: way, provenBy: account.password))
        } catch LedgerError.conflict {
            return .refused
        }
    }

    func invitation(_ secret: String) async throws -> Invitation? { try await ledger.invitation(TokenSecret.hash(secret), now: clock()) }

    /// Makes the account that an invitation is for and signs in; nil where the invitation was used meanwhile.
    func accept(
        _ invitation: Invitation, as person: PersonID, password: String, timeZone: String?, _ approach: Approach
    ) async throws -> Admitted? {
        let account = Account(
            person: person, role: invitation.role, password: try await passwords.hash(password), timeZone: timeZone, createdAt: clock())
        do {
            try await ledger.accept(invitation.hash, as: account, now: clock())
        } catch .conflict {
            return nil
        }
        await noteMade(account, approach)
        return try await begin(person, approach, by: "invitation")
    }

    func noteMade(_ account: Account, _ approach: Approach) async {
        log.notice("account made", metadata: ["person": "\(account.person)", "role": "\(account.role)"])
        await audit.note(.accountMade, by: account.person, from: approach.source, about: account.role.rawValue)
    }

    /// Whether it is the visitor's password. Throws `TooManyAttempts`.
    private func isPassword(_ password: String, of visitor: Visitor, _ approach: Approach) async throws -> Bool {
        let account = visitor.account, known = key.name(marked: approach.known, of: account.person)
        try guesses.check(account.person.name, from: approach.source, browser: known, now: clock())
        if try await passwords.matches(password, account.kept, for: .known) { return true }
        guesses.noteWrong(account.person.name, from: approach.source, browser: known, now: clock())
        await audit.note(.confirmationRefused, by: account.person, from: approach.source)
        return false
    }

    /// Shows that it is still the person; nil where the password is wrong.
    func confirm(_ visitor: Visitor, password: String, _ approach: Approach) async throws -> SignInSecret? {
        guard try await isPassword(password, of: visitor, approach) else { return nil }
        return try await confirm(visitor, approach)
    }

    func confirm(_ visitor: Visitor, _ approach: Approach) async throws -> SignInSecret {
        let secret = try await raise(visitor, source: approach.source)
        await audit.note(.confirmed, by: visitor.account.person, from: approach.source)
        return secret
    }

    /// Whether whoever sits there showed lately who they are.
    func isConfirmed(_ visitor: Visitor) -> Bool {
        guard let at = visitor.signIn.confirmedAt else { return false }
        let age = clock() - at
        return age >= .zero && age < Self.confirmedFor
    }

    /// Signs out all other browsers. Nil where the password so far is wrong; who has none so far must be confirmed.
    func change(_ visitor: Visitor, from old: String, to new: String, _ approach: Approach) async throws -> SignInSecret? {
        let account = visitor.account
        let isRight = account.kept == nil ? isConfirmed(visitor) : try await isPassword(old, of: visitor, approach)
        guard isRight else { return nil }
        let hash = try await passwords.hash(new)
        try await ledger.change(passwordOf: account.person, from: account.password, to: hash, keeping: visitor.signIn.hash)
        log.notice("password changed", metadata: ["person": "\(account.person)"])
        await audit.note(.passwordChanged, by: account.person, from: approach.source)
        return try await raise(visitor, source: approach.source)
    }

    func save(timeZone: String, of visitor: Visitor) async throws {
        try await ledger.save(timeZone: timeZone, of: visitor.account.person)
    }
}

extension Account {
    /// The password's hash; nil where there is none.
    var kept: String? { password.isEmpty ? nil : password }
}
