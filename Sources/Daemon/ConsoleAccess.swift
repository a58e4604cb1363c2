import Console
import Exchange
import Store
import Telephony

/// Who may sign in to the Console, from the command line.
public struct ConsoleAccess: Sendable {
    private let settings: DaemonSettings

    public init(_ settings: DaemonSettings) { self.settings = settings }

    /// A link for somebody to choose a password; it is good once, and for an hour.
    public func link(for person: String?, role: Account.Role) async throws -> String {
        if let person, !Accounts.isName(person) { throw Accounts.Mistake(description: Accounts.noName(person)) }
        return try await link(for: person, role: role, in: try ledger())
    }

    private func link(for person: String?, role: Account.Role, in ledger: SQLiteLedger) async throws -> String {
        let path = try await Invitations.make(for: person.map { PersonID($0) }, role: role, now: SystemClock().now(), ledger: ledger)
        await ledger.noteCommand(.invitationMade, about: person ?? role.rawValue)
        return settings.http.origin + path
    }

    /// The link for the first visit; nil where somebody can sign in already, or there is nothing to visit.
    public func firstLink() async throws -> String? {
        guard settings.http.listen != nil, settings.http.console != .off else { return nil }
        let ledger = try ledger()
        // The daemon opens it next, in this process, and is to be the only one that has it.
        defer { try? ledger.close() }
        return try await ledger.accounts().isEmpty ? link(for: nil, role: .owner, in: ledger) : nil
    }

    /// Gives an account a password, and signs out its browsers; makes an owner where there is no account of the name.
    public func setPassword(of person: String, _ password: String) async throws {
        guard Accounts.isName(person) else { throw Accounts.Mistake(description: Accounts.noName(person)) }
        let ledger = try ledger()
        let before = try await ledger.accounts().first { $0.person.name == person }
        try await ledger.save(
            Account(
                person: PersonID(person), role: before?.role ?? .owner, password: try PasswordHash(of: password).text, timeZone: before?.timeZone,
                createdAt: before?.createdAt ?? SystemClock().now()), keeping: nil)
        await ledger.noteCommand(before == nil ? .accountMade : .passwordChanged, about: person)
    }

    public func accounts() async throws -> [Account] { try await ledger().accounts() }

    /// False where there is no such account.
    public func remove(_ person: String) async throws -> Bool {
        let ledger = try ledger()
        guard try await ledger.removeAccount(of: PersonID(person)) else { return false }
        await ledger.noteCommand(.accountRemoved, about: person)
        return true
    }

    /// Signs out all browsers of an account; how many they were, or nil where there is no such account.
    public func signOut(_ person: String) async throws -> Int? {
        let ledger = try ledger()
        guard try await Self.knows(person, ledger) else { return nil }
        let count = try await ledger.signIns(of: PersonID(person)).count
        try await ledger.endSignIns(of: PersonID(person), but: nil)
        if count > 0 { await ledger.noteCommand(.browserEnded, about: person) }
        return count
    }

    /// What an account signs in with besides its password; nil where there is no such account.
    public func factors(of name: String) async throws -> (asksForCodes: Bool, recoveryCodes: Int, passkeys: [Passkey])? {
        let ledger = try ledger(), person = PersonID(name)
        guard try await Self.knows(name, ledger) else { return nil }
        return (
            try await ledger.codeSecret(of: person)?.confirmedAt != nil, try await ledger.recoveryCodes(of: person), try await ledger.passkeys(of: person)
        )
    }

    /// Takes codes and passkeys from an account whose phone is lost: its password alone is asked for from now on.
    public func removeFactors(of person: String) async throws {
        let ledger = try ledger(), owner = PersonID(person)
        if try await ledger.removeCodes(of: owner) { await ledger.noteCommand(.codesTurnedOff, about: person) }
        for passkey in try await ledger.passkeys(of: owner) where try await ledger.removePasskey(passkey.id, of: owner) {
            await ledger.noteCommand(.passkeyRemoved, about: person)
        }
    }

    /// The latest entries of the audit log, the latest first.
    public func audit(_ count: Int) async throws -> [AuditEntry] { try await ledger().auditEntries(before: nil, limit: count) }

    private static func knows(_ person: String, _ ledger: SQLiteLedger) async throws -> Bool {
        try await ledger.accounts().contains { $0.person.name == person }
    }

    private func ledger() throws -> SQLiteLedger { try LedgerAccess.open(StateDirectory(settings.stateDirectory)) }
}

extension ConsoleLedger {
    /// Writes down what was done by a command on the machine itself; what was done is done, also where it cannot be written down.
    public func noteCommand(_ act: AuditEntry.Act, about: String = "") async {
        try? await note(AuditEntry(at: SystemClock().now(), act: act, person: nil, place: AuditEntry.commandLine, about: about))
    }
}
