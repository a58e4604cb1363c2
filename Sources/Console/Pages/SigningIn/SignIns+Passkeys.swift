import Exchange
import Factors
import HTTPStack
import Telephony

extension SignIns {
    static let passkeyLimit = 20
    private static let handleOctets = 32

    /// A challenge for a new passkey, with the user handle that it is for: the one that the person's others have.
    func challengeForPasskey(of person: PersonID?, browser: String) async throws -> (challenge: [UInt8], handle: [UInt8], known: [[UInt8]]) {
        var known: [Passkey] = []
        if let person { known = try await ledger.passkeys(of: person) }
        let handle = known.first?.handle ?? octets(Self.handleOctets)
        return (tickets.make(.passkey, bearing: handle, for: browser, now: clock()), handle, known.map(\.id))
    }

    func challenge(_ purpose: Tickets.Purpose, browser: String) -> [UInt8] { tickets.make(purpose, for: browser, now: clock()) }

    /// What a browser brought as a new passkey, where it is one. Throws `CeremonyError`.
    private func passkey(_ answer: PasskeyAnswer, of person: PersonID, named name: String, at party: RelyingParty, browser: String) throws -> Passkey {
        guard let attestation = answer.attestation else { throw CeremonyError.malformed }
        let client = try answer.clientData(), now = clock()
        guard let handle = tickets.load(client.challenge, .passkey, for: browser, now: now) else { throw CeremonyError.wrongChallenge }
        let registered = try party.registered(client, attestation: attestation, challenge: client.challenge)
        guard tickets.use(client.challenge, now: now) else { throw CeremonyError.wrongChallenge }
        return Passkey(
            id: registered.id, person: person, handle: handle, key: registered.key, site: party.id, name: name, count: registered.count, createdAt: now)
    }

    /// Throws `CeremonyError`, and `LedgerError.conflict` where it is known already.
    func addPasskey(_ answer: PasskeyAnswer, named name: String, of visitor: Visitor, at party: RelyingParty, from source: Source) async throws {
        let person = visitor.account.person
        try await ledger.add(try passkey(answer, of: person, named: name, at: party, browser: visitor.secret.lasting))
        await audit.note(.passkeyAdded, by: person, from: source, about: name)
    }

    /// Makes the account that an invitation is for, with a passkey and no password; nil where the invitation was used meanwhile. Somebody who
    /// has an account keeps the password they had.
    func accept(
        _ invitation: Invitation, as person: PersonID, _ answer: PasskeyAnswer, timeZone: String?, at party: RelyingParty, browser: String, _ approach: Approach
    ) async throws -> Admitted? {
        let before = try await ledger.accounts().first { $0.person == person }
        let account = Account(
            person: person, role: invitation.role, password: before?.password ?? "", timeZone: timeZone ?? before?.timeZone, createdAt: before?.createdAt ?? clock())
        let passkey = try passkey(answer, of: person, named: approach.browser, at: party, browser: browser)
        guard try await isAccepted(invitation, as: account, passkey) else { return nil }
        await noteMade(account, approach)
        await audit.note(.passkeyAdded, by: person, from: approach.source, about: passkey.name)
        return try await begin(person, approach, by: "passkey")
    }

    private func isAccepted(_ invitation: Invitation, as account: Account, _ passkey: Passkey) async throws(LedgerError) -> Bool {
        do {
            try await ledger.accept(invitation.hash, as: account, with: passkey, now: clock())
            return true
        } catch {
            guard case .conflict = error else { throw error }
            return false
        }
    }

    /// Lets in whose passkey signed; nil for one that is not believed.
    func signIn(_ answer: PasskeyAnswer, at party: RelyingParty, browser: String, _ approach: Approach) async throws -> Admitted? {
        do {
            let passkey = try await verified(answer, .signIn, at: party, browser: browser)
            return try await begin(passkey.person, approach, by: "passkey")
        } catch let error as CeremonyError {
            await refuse(error, nil, approach.source)
            return nil
        }
    }

    /// Shows that it is still the person; nil for a passkey that is not believed, or is another's.
    func confirm(_ visitor: Visitor, _ answer: PasskeyAnswer, at party: RelyingParty, _ approach: Approach) async throws -> SignInSecret? {
        do {
            let passkey = try await verified(answer, .confirm, at: party, browser: visitor.secret.lasting)
            guard passkey.person == visitor.account.person else { throw CeremonyError.wrongPerson }
            return try await confirm(visitor, approach)
        } catch let error as CeremonyError {
            await refuse(error, visitor.account.person, approach.source)
            return nil
        }
    }

    private func verified(_ answer: PasskeyAnswer, _ purpose: Tickets.Purpose, at party: RelyingParty, browser: String) async throws -> Passkey {
        let assertion = try answer.assertion(), challenge = assertion.client.challenge, now = clock()
        guard tickets.load(challenge, purpose, for: browser, now: now) != nil else { throw CeremonyError.wrongChallenge }
        guard let passkey = try await ledger.passkey(assertion.id) else { throw CeremonyError.wrongCredential }
        guard passkey.site == party.id else { throw CeremonyError.wrongSite }
        let known = RelyingParty.Known(id: passkey.id, key: passkey.key, handle: passkey.handle, count: passkey.count)
        let count = try party.asserted(assertion, by: known, challenge: challenge)
        guard tickets.use(challenge, now: now) else { throw CeremonyError.wrongChallenge }
        try await ledger.usePasskey(passkey.id, count: count, at: now)
        return passkey
    }

    private func refuse(_ error: CeremonyError, _ person: PersonID?, _ source: Source) async {
        guard guesses.noteWrongPasskey(from: source, now: clock()) else { return }
        guard let person else { return await noteRefusal(.passkeyRefused, "passkey refused", from: source, because: "\(error)") }
        log.notice("passkey refused", metadata: ["from": "\(source.place)", "reason": "\(error)"])
        refused.note(clock())
        await audit.note(.passkeyRefused, by: person, from: source)
    }

    func renamePasskey(_ id: [UInt8], to name: String, of visitor: Visitor, from source: Source) async throws -> Bool {
        guard try await ledger.renamePasskey(id, of: visitor.account.person, to: name) else { return false }
        await audit.note(.passkeyRenamed, by: visitor.account.person, from: source, about: name)
        return true
    }

    enum Removal { case removed, unknown, lastWayIn }

    /// The last way to sign in stays.
    func removePasskey(_ id: [UInt8], of visitor: Visitor, from source: Source) async throws -> Removal {
        let person = visitor.account.person, held = try await ledger.passkeys(of: person)
        guard let passkey = held.first(where: { $0.id == id }) else { return .unknown }
        guard visitor.account.kept != nil || held.count > 1 else { return .lastWayIn }
        _ = try await ledger.removePasskey(id, of: person)
        await audit.note(.passkeyRemoved, by: person, from: source, about: passkey.name)
        return .removed
    }
}
