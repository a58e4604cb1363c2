import Telephony

/// Ends what waits for lines and endpoints that are no longer set up, once it has expired: no worker and no retriever would. Until then it is
/// left as it is, so that one that is set up again goes on with it; and since one may be missing by a mistake, it is said at the start what waits.
public struct Leftovers: Service {
    private let served: Set<ClaimScope>
    private let lines: Set<LineID>
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let mint: Mint
    private let notices: any OwnerNotices
    private let workers: WakeGroup
    private let pause: Pause
    private let report: @Sendable (String) -> Void

    static let interval: Duration = .seconds(60)
    /// How many are ended in one transaction.
    static let batch = 100

    private static let missingTopic = "line.missing"
    static let failure = Failure(.expired, "its line or endpoint is no longer set up")

    /// - Parameters:
    ///   - served: what workers claim.
    ///   - lines: those that have a retriever.
    ///   - report: takes a sentence for the log.
    public init(
        served: Set<ClaimScope>, lines: Set<LineID>, ledger: any Ledger, plan: RoutingPlan, mint: Mint, notices: any OwnerNotices, workers: WakeGroup,
        pause: @escaping Pause, report: @escaping @Sendable (String) -> Void
    ) {
        self.served = served
        self.lines = lines
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
        self.notices = notices
        self.workers = workers
        self.pause = pause
        self.report = report
    }

    public func run() async throws {
        await tellMissing()
        while !Task.isCancelled {
            do {
                try await pass()
            } catch .broken(let detail) {
                throw LedgerError.broken(detail)
            } catch {
                // Looked for again after the next pause.
            }
            do { try await pause(Self.interval) } catch { return }
        }
    }

    /// What waits for lines and endpoints that nobody serves.
    public func missing() async throws(LedgerError) -> [MissingPlace] {
        var waiting: [ClaimScope: Int] = [:]
        for scope in try await ledger.openScopes() where !served.contains(scope) { waiting[scope] = try await ledger.openDeliveries(scope) }
        for record in try await ledger.retrievals() where waitsInVain(record) { waiting[.trunk(record.retrieval.line), default: 0] += 1 }
        return waiting.map { MissingPlace(scope: $0.key, waiting: $0.value) }.sorted { $0.sentence < $1.sentence }
    }

    /// To the log, and to whoever has the line. What cannot be looked up now is seen at the next start.
    private func tellMissing() async {
        for place in (try? await missing()) ?? [] {
            report(place.sentence)
            if case .trunk(let line) = place.scope { await notices.tell(line, aside: Self.missingTopic, place.sentence) }
        }
    }

    public func pass() async throws(LedgerError) {
        try await endDeliveries()
        try await endRetrievals()
    }

    private func endDeliveries() async throws(LedgerError) {
        let subscribers = try await ledger.subscribers(.all)
        var ended = Self.batch
        while ended == Self.batch {
            let now = mint.now()
            ended = try await ledger.giveUpExpired(besides: served, Self.failure, now: now, limit: Self.batch) { [plan, mint] message, delivery, result in
                let notice = plan.notice(of: result, delivery, message, at: now)
                return notice.map { plan.news($0, of: message, subscribers: subscribers, mint: mint) } ?? []
            }
            if ended > 0 { workers.ring() }
        }
    }

    private func endRetrievals() async throws(LedgerError) {
        let now = mint.now()
        for record in try await ledger.retrievals() where waitsInVain(record) && record.retrieval.announcement.expires <= now {
            try await ledger.note(.failed(Self.failure), of: record.retrieval.id, at: now)
        }
    }

    /// A picture message that nobody fetches.
    private func waitsInVain(_ record: RetrievalRecord) -> Bool {
        !lines.contains(record.retrieval.line) && (record.state == .waiting || record.state == .held)
    }
}
