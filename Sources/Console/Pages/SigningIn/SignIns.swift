import Exchange
import HTTPStack
import Logging
import Synchronization
import Telephony

/// Lets people in by what they know and have, and knows their browsers again.
public final class SignIns: Sendable {
    /// A browser that was not used for so long is a stranger's.
    static let idle: Duration = .seconds(14 * 86400)
    /// After this everybody signs in again.
    static let longest: Duration = .seconds(90 * 86400)
    /// How exactly it is known when a browser was last used.
    private static let seenEvery: Duration = .seconds(600)
    /// How old a browser's secret becomes.
    static let renewedEvery: Duration = .seconds(86400)
    /// How long an old secret still serves what the browser asked for meanwhile.
    static let grace: Duration = .seconds(60)
    /// How long it holds that somebody showed who they are.
    static let confirmedFor: Duration = .seconds(600)
    static let shortestPassword = 10
    static let longestPassword = 1000

    let ledger: any ConsoleLedger
    let clock: @Sendable () -> Instant
    let random: @Sendable () -> UInt64
    let key: FactorKey
    let audit: AuditTrail
    let passwords: PasswordQueue
    let guesses = Guesses()
    let tickets: Tickets
    let refused: RefusedSignIns
    private let budgets = Mutex<[RefusalBudget.Target: RefusalBudget]>([:])
    let log: Logger

    public init(
        ledger: any ConsoleLedger, clock: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> UInt64, key: FactorKey, audit: AuditTrail,
        cost: PasswordHash.Cost = .standard, refused: RefusedSignIns = RefusedSignIns(), log: Logger
    ) {
        self.ledger = ledger
        self.clock = clock
        self.random = random
        self.key = key
        self.audit = audit
        passwords = PasswordQueue(cost: cost)
        self.refused = refused
        tickets = Tickets(random: random)
        self.log = log
    }

    func mintSecret() -> String { TokenSecret.mint(random: random) }

    /// Who sent a request; nil for a stranger.
    func visitor(_ request: Request, over transport: Transport) async throws -> Visitor? {
        guard let secret = Cookie.signIn.value(in: request.header("Cookie"), over: transport).map(SignInSecret.init(_:)) else { return nil }
        let now = clock()
        guard var signIn = try await ledger.signIn(secret.hash) else { return nil }
        guard now - signIn.seenAt < Self.idle, now - signIn.startedAt < Self.longest, signIn.endsAt.map({ now < $0 }) ?? true else {
            try await ledger.signOut(signIn.hash)
            return nil
        }
        guard let account = try await ledger.accounts().first(where: { $0.person == signIn.person }) else { return nil }
        if now - signIn.seenAt >= Self.seenEvery {
            signIn.seenAt = now
            signIn.place = request.source.address
            guard try await ledger.noteSeen(signIn.hash, at: now, place: signIn.place) else { return nil }
        }
        return Visitor(account: account, lines: try await lines(of: account), signIn: signIn, secret: secret)
    }

    /// Who a visitor is by now, after their request's body was waited for; nil where the browser or the account is gone meanwhile. What is
    /// under way may end with a secret that was renewed meanwhile; where that was for doing more, the old one counts as confirmed no longer.
    func again(_ visitor: Visitor) async throws -> Visitor? {
        let person = visitor.account.person
        var signIn = visitor.signIn
        guard let latest = try await ledger.signIns(of: person).first(where: { $0.series == signIn.series }),
            let account = try await ledger.accounts().first(where: { $0.person == person })
        else { return nil }
        if latest.confirmedAt != signIn.confirmedAt { signIn.confirmedAt = nil }
        return Visitor(account: account, lines: try await lines(of: account), signIn: signIn, secret: visitor.secret)
    }

    private func lines(of account: Account) async throws -> [LineID]? {
        guard account.role == .member else { return nil }
        return try await ledger.persons().first { $0.id == account.person }?.lines ?? []
    }

    /// Lets a person in, always with a new secret.
    ///
    /// - Parameter password: the hash of the one that they showed; nil where they showed something else. Conflict where it is another by now.
    func begin(_ person: PersonID, _ approach: Approach, by way: String, provenBy password: String? = nil) async throws -> Admitted {
        let secret = SignInSecret(mint: mintSecret), now = clock()
        try await ledger.signOut(seenBefore: now - Self.idle, startedBefore: now - Self.longest)
        let signIn = SignIn(
            hash: secret.hash, series: secret.series, person: person, startedAt: now, seenAt: now, confirmedAt: now, browser: approach.browser,
            place: approach.source.address)
        if let password { try await ledger.save(signIn, provenBy: password) } else { try await ledger.save(signIn) }
        log.notice("signed in", metadata: ["person": "\(person)", "from": "\(approach.source.place)"])
        await audit.note(.signedIn, by: person, from: approach.source, about: way)
        let name = key.name(marked: approach.known, of: person) ?? String(mintSecret().suffix(22))
        return Admitted(secret: secret, known: try? key.mark(person, name: name))
    }

    /// Writes down that a stranger was refused, as far as there is room for it.
    ///
    /// - Parameter about: the name of the account at which they tried; empty where there is none.
    func noteRefusal(_ act: AuditEntry.Act, _ sentence: Logger.Message, from source: Source, about: String = "", because reason: String = "") async {
        let now = clock(), target: RefusalBudget.Target = about.isEmpty ? .nobody : .account
        refused.note(now)
        guard let omitted = budgets.withLock({ $0[target, default: RefusalBudget()].admit(at: now) }) else { return }
        var metadata: Logger.Metadata = ["from": "\(source.place)"]
        if !reason.isEmpty { metadata["reason"] = "\(reason)" }
        if omitted > 0 { metadata["omitted"] = "\(omitted)" }
        log.notice(sentence, metadata: metadata)
        await audit.note(act, by: nil, from: source, about: about)
    }

    func signOut(_ visitor: Visitor, from source: Source) async throws {
        _ = try await ledger.end(visitor.signIn.series, of: visitor.account.person)
        log.notice("signed out", metadata: ["person": "\(visitor.account.person)"])
        await audit.note(.signedOut, by: visitor.account.person, from: source)
    }

    /// The browser's next secret, where this one is a day old.
    func renewal(of visitor: Visitor, source: Source) async throws -> SignInSecret? {
        guard visitor.signIn.endsAt == nil, clock() - visitor.signIn.renewedAt >= Self.renewedEvery else { return nil }
        return try await renew(visitor, source: source, confirmedAt: visitor.signIn.confirmedAt, until: clock() + Self.grace)
    }

    /// A new secret for a browser that may do more from now on; the old one ends at once.
    func raise(_ visitor: Visitor, source: Source) async throws -> SignInSecret {
        try await renew(visitor, source: source, confirmedAt: clock(), until: clock())
    }

    private func renew(_ visitor: Visitor, source: Source, confirmedAt: Instant?, until end: Instant) async throws -> SignInSecret {
        let old = visitor.signIn, now = clock()
        let secret = SignInSecret(renewing: visitor.secret, mint: mintSecret)
        let signIn = SignIn(
            hash: secret.hash, series: old.series, person: old.person, startedAt: old.startedAt, seenAt: now, renewedAt: now, confirmedAt: confirmedAt,
            browser: old.browser, place: source.address)
        try await ledger.renew(signIn, replacing: old.hash, until: end)
        return secret
    }
}
