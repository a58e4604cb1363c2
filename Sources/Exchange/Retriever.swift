import Telephony

/// Fetches what a line's carrier holds for us, and tells the carrier when it is durable here.
///
/// One message at a time: the bearer is narrow, and a death at any point is harmless. Until a message is held it is fetched again, and once
/// it is held only the carrier is still told.
public struct Retriever: Service {
    private let line: LineID
    private let trunk: (any MultimediaTrunk)?
    private let ledger: any Ledger
    private let notices: any OwnerNotices
    private let policy: RetryPolicy
    private let mint: Mint
    private let pause: Pause
    private let signal: WakeSignal
    private let intake: WakeSignal

    /// Waits between attempts: from half a minute to half an hour, until the carrier forgets the message.
    public static let policy = RetryPolicy(base: .seconds(30), ceiling: .seconds(1800))
    /// After this many vain attempts the owner is told; a short gap in the network is nobody's concern.
    static let patience = 2
    /// After this many attempts the carrier is told no more. It forgets the message at its time anyway.
    static let acknowledgements = 8
    /// Pause after the ledger refused.
    static let ledgerPause: Duration = .seconds(1)

    /// - Parameter trunk: nil where the line has no way to picture messages; their senders are told of to the owner.
    public init(
        line: LineID, trunk: (any MultimediaTrunk)?, ledger: any Ledger, notices: any OwnerNotices, policy: RetryPolicy = Retriever.policy,
        mint: Mint, pause: @escaping Pause, workers: WakeGroup, intake: WakeSignal
    ) {
        self.line = line
        self.trunk = trunk
        self.ledger = ledger
        self.notices = notices
        self.policy = policy
        self.mint = mint
        self.pause = pause
        signal = workers.retriever(of: line)
        self.intake = intake
    }

    public func run() async throws {
        while !Task.isCancelled {
            let next: Instant?
            do {
                next = try await pass()
            } catch .broken(let detail) {
                throw LedgerError.broken(detail)
            } catch {
                next = mint.now() + Self.ledgerPause
            }
            await signal.wait(atMost: next.map { max($0 - mint.now(), .zero) }, pause: pause)
        }
    }

    /// Takes the next step of one retrieval that is due. Returns when there is more to do.
    public func pass() async throws(LedgerError) -> Instant? {
        let now = mint.now()
        let due = try await ledger.retrievals(of: line, due: now, limit: 1)
        guard let record = due.records.first else { return due.nextDue }
        do {
            switch record.state {
            case .waiting: try await fetch(record, now: now)
            case .held: try await acknowledge(record)
            case .done, .failed: break
            }
        } catch .conflict {}
        return mint.now()
    }

    // MARK: - Fetching

    /// `now` is when it was looked up: by a clock that was set since, the time of the old one would have passed.
    private func fetch(_ record: RetrievalRecord, now: Instant) async throws(LedgerError) {
        let announcement = record.retrieval.announcement
        guard now < announcement.expires else {
            return try await giveUp(record, Failure(.expired, record.failure?.sentence ?? ""))
        }
        guard let trunk else {
            return try await giveUp(record, Failure(.refused, "this line has no settings for picture messages (mms)"))
        }
        // Fetching costs; what could not be kept would be fetched again and again.
        try await ledger.probe()
        switch await trunk.retrieve(announcement) {
        case .retrieved(let octets):
            let receipt = Receipt(
                id: mint.identifier(), line: line, format: .multimedia, place: "mms/\(record.retrieval.id)", octets: octets, receivedAt: mint.now())
            try await ledger.note(.held(receipt), of: record.retrieval.id, at: mint.now())
            intake.ring()
            await notices.clear(line, topic: Self.topic(record), "The picture message\(Self.sender(record)) has come after all.")
        case .gone(let failure), .failed(let failure):
            try await giveUp(record, failure)
        case .deferred(let failure, let until):
            // A process that ends cuts attempts short; they are the next one's first.
            guard !Task.isCancelled else { return }
            try await putOff(record, failure, until: until)
        }
    }

    private func putOff(_ record: RetrievalRecord, _ failure: Failure, until: Instant?) async throws(LedgerError) {
        let expires = record.retrieval.announcement.expires
        let due = until ?? mint.now() + policy.wait(after: record.attempts + 1, fraction: mint.fraction())
        try await ledger.note(.deferred(failure, until: min(due, expires)), of: record.retrieval.id, at: mint.now())
        guard record.attempts + 1 >= Self.patience else { return }
        await notices.tell(
            line, topic: Self.topic(record),
            "A picture message\(Self.sender(record)) could not be fetched yet. \(failure.sentenceOfFetching) It is tried until \(CivilDate(expires).rfc3339).")
    }

    private func giveUp(_ record: RetrievalRecord, _ failure: Failure) async throws(LedgerError) {
        try await ledger.note(.failed(failure), of: record.retrieval.id, at: mint.now())
        await notices.tell(
            line, topic: Self.topic(record) + ".lost",
            "A picture message\(Self.sender(record)) could not be fetched and is given up. \(failure.sentenceOfFetching) Ask for it to be sent again.")
    }

    // MARK: - Telling the carrier

    private func acknowledge(_ record: RetrievalRecord) async throws(LedgerError) {
        let id = record.retrieval.id, announcement = record.retrieval.announcement
        guard let failure = await trunk?.acknowledge(announcement, .retrieved), !Task.isCancelled else {
            if !Task.isCancelled { try await ledger.note(.acknowledged(transaction: announcement.transaction), of: id, at: mint.now()) }
            return
        }
        guard record.attempts < Self.acknowledgements else { return try await ledger.note(.failed(failure), of: id, at: mint.now()) }
        let due = mint.now() + policy.wait(after: record.attempts + 1, fraction: mint.fraction())
        try await ledger.note(.deferred(failure, until: due), of: id, at: mint.now())
    }

    // MARK: - Words

    private static func topic(_ record: RetrievalRecord) -> String { "mms.\(record.retrieval.id)" }

    private static func sender(_ record: RetrievalRecord) -> String {
        record.retrieval.announcement.sender.map { " from \($0)" } ?? ""
    }
}
