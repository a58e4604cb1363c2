import Exchange
import HTTPStack
import Kinds
import Telephony

/// Keeps the book and its file, and has codes sent. One rules at a time; what it says is durable.
actor VerificationDesk {
    private let settings: VerificationSettings
    private let sender: LineSender
    private let directory: String
    private let mint: Mint
    private let plan: NumberPlan?
    private var file: VerificationFile
    private var opened: (book: VerificationBook, key: CodeKey)?
    private var trouble: String?

    init(settings: VerificationSettings, sender: LineSender, context: EndpointContext) {
        self.settings = settings
        self.sender = sender
        directory = context.directory
        mint = context.mint
        plan = NumberPlan(country: sender.line.country)
        file = VerificationFile(directory: directory)
    }

    /// A wish for a code, as a caller writes it.
    struct Wish: Sendable {
        let number: String
        let language: String?
        let client: String
    }

    /// A code is on its way.
    struct Started: Sendable {
        let verification: Verification
        let expiresAt: Instant
        /// Seconds until it may be sent again.
        let resendAfter: Int64
    }

    /// Has a code sent, the same again where one is still good. What it returned from is durable.
    func start(_ wish: Wish) async throws(Problem) -> Started {
        let (number, country) = try party(wish.number)
        let key = try open().key
        var book = try open().book
        let now = mint.now()
        book.forget(now: now)
        switch book.start(number, country: country, client: wish.client, id: mint.identifier(), now: now) {
        case .wait(let seconds, let reason):
            throw Problem(429, "rate_limited", Self.sentence(reason), retryAfter: seconds)
        case .send(let verification):
            book.put(verification)
            opened = (book, key)
            try write(verification)
            try await send(verification, key, wish.language)
            return Started(
                verification: verification, expiresAt: verification.startedAt + settings.limits.lifetime,
                resendAfter: settings.limits.wait(afterSends: verification.sends.count).wholeMilliseconds / 1000)
        }
    }

    /// Rules on a code that somebody gave.
    func check(_ id: Verification.ID, code: String) throws(Problem) -> VerificationBook.CheckRuling {
        let key = try open().key
        var book = try open().book
        let ruling = book.check(id, now: mint.now()) { key.isCode(of: $0, code) }
        switch ruling {
        case .verified(let record), .wrong(let record):
            book.put(record)
            opened = (book, key)
            // A guess counts only when it is durable, and a yes is said only then.
            try write(record)
        case .expired, .exhausted, .used, .unknown: break
        }
        return ruling
    }

    /// The youngest verification of a number, as its caller writes it.
    func latest(_ number: String) throws(Problem) -> Verification.ID? {
        guard case .number(let number)? = plan?.normalise(number) else { return nil }
        return try open().book.latest(number)
    }

    nonisolated var attempts: Int { settings.limits.attempts }

    func health() -> Health {
        if let trouble { return Health(.down, trouble) }
        guard let (begun, verified) = opened?.book.conversion(now: mint.now()), begun >= 20, verified * 10 < begun * 3 else {
            return Health(.working, "Sends codes over \(sender.line.id) to numbers of \(settings.countries.sorted().joined(separator: ", ")).")
        }
        return Health(.impaired, "Of the last \(begun) codes \(verified) came back: somebody may be pumping texts. Look at who asks for them.")
    }

    // MARK: -

    private func party(_ text: String) throws(Problem) -> (number: String, country: String) {
        guard let plan, case .number(let number)? = plan.normalise(text), let country = plan.region(of: number) else {
            throw .unprocessable("A telephone number is expected", field: "number")
        }
        guard settings.countries.contains(country) else { throw Problem(422, "refused", "No codes are sent to numbers of \(country)", field: "number") }
        switch plan.kind(of: number) {
        case .premiumRate, .sharedCost, .tollFree, .pager, .universalAccess, .voicemail:
            throw Problem(422, "refused", "No codes are sent to numbers of this kind", field: "number")
        case .fixedLine, .mobile, .fixedLineOrMobile, .voip, .personal, nil: return (number, country)
        }
    }

    private func send(_ verification: Verification, _ key: CodeKey, _ language: String?) async throws(Problem) {
        let minutes = (verification.startedAt + settings.limits.lifetime - mint.now()).wholeMilliseconds / 60_000
        let text = settings.texts.text(key.code(of: verification), minutes: max(1, minutes), language: language)
        do {
            _ = try await sender.send([.text(text)], to: [.number(verification.number)], key: "\(verification.id)/\(verification.sends.count)")
        } catch {
            try withdraw(verification)
            throw Problem(sending: error, field: "number")
        }
    }

    /// The code did not leave: it counts against no limit.
    private func withdraw(_ verification: Verification) throws(Problem) {
        guard var book = opened?.book, let before = book.withdrawLastSend(of: verification.id) else { return }
        opened?.book = book
        try write(before)
    }

    private func open() throws(Problem) -> (book: VerificationBook, key: CodeKey) {
        if let opened { return opened }
        do {
            let (records, _) = try file.read()
            var book = VerificationBook(limits: settings.limits, records: records)
            book.forget(now: mint.now())
            try file.compact(keeping: book.all)
            guard let key = CodeKey.kept(in: directory) else { throw VerificationFile.Failed(description: "\(directory)/codes.key can be neither read nor made") }
            opened = (book, key)
            trouble = nil
            return (book, key)
        } catch {
            throw unavailable(error)
        }
    }

    private func write(_ record: Verification) throws(Problem) {
        do {
            try file.append(record)
            if let book = opened?.book { try file.compact(keeping: book.all) }
            trouble = nil
        } catch {
            // What the file holds counts: it is read again when it can be.
            opened = nil
            throw unavailable(error)
        }
    }

    private func unavailable(_ error: any Error) -> Problem {
        trouble = "Codes cannot be kept: \(error)"
        return Problem(503, "unavailable", "Codes cannot be kept right now", retryAfter: 30)
    }

    private static func sentence(_ reason: VerificationBook.Reason) -> String {
        switch reason {
        case .resend: "The code was sent a moment ago"
        case .number: "This number was sent as many codes as it may in a day"
        case .prefix, .country, .client, .all: "As many codes were sent as may be for now"
        }
    }
}
