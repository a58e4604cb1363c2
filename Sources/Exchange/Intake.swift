import Telephony

/// Reads what trunks recorded, and commits what it means together with the deliveries that follow.
///
/// A death at any point here is harmless: receipts stay unread until the commit that consumes them.
public struct Intake: Service {
    private let ledger: any Ledger
    private let interpreter: any Interpreter
    private let numbering: any Numbering
    private let plan: RoutingPlan
    private let mint: Mint
    private let pause: Pause
    private let signal: WakeSignal
    private let workers: WakeGroup

    /// How often a report that waits for the commit of the send it speaks of is looked at again.
    static let reportPause: Duration = .seconds(1)
    /// How long after a failed pass the next one is made.
    static let retryPause: Duration = .seconds(1)

    public init(
        ledger: any Ledger, interpreter: any Interpreter, numbering: any Numbering, plan: RoutingPlan, mint: Mint,
        pause: @escaping Pause, signal: WakeSignal, workers: WakeGroup
    ) {
        self.ledger = ledger
        self.interpreter = interpreter
        self.numbering = numbering
        self.plan = plan
        self.mint = mint
        self.pause = pause
        self.signal = signal
        self.workers = workers
    }

    public func run() async throws {
        while !Task.isCancelled {
            let next: Instant?
            do {
                next = try await pass()
            } catch .broken(let detail) {
                throw LedgerError.broken(detail)
            } catch {
                next = mint.now() + Self.retryPause
            }
            await signal.wait(atMost: next.map { max($0 - mint.now(), .zero) }, pause: pause)
        }
    }

    /// Interprets all that is unread. Returns when to look again though nothing new came.
    public func pass() async throws(LedgerError) -> Instant? {
        var next: Instant?
        let unread = try await ledger.unreadReceipts(line: nil)
        for (line, receipts) in Dictionary(grouping: unread, by: \.line).sorted(by: { $0.key < $1.key }) {
            let until: Instant?
            do {
                until = try await pass(line, receipts)
            } catch .conflict {
                // Something of this line cannot be committed as it was read; the other lines do not wait for it.
                until = mint.now() + Self.retryPause
            }
            if let until { next = min(next ?? until, until) }
        }
        return next
    }

    private func pass(_ line: LineID, _ receipts: [Receipt]) async throws(LedgerError) -> Instant? {
        let owners = try await ledger.subscribers(.line(line))
        var next: Instant?
        var readings: [Reading] = []
        for interpretation in interpreter.interpret(receipts, line: line, now: mint.now()) {
            let (reading, until) = try await read(interpretation, of: receipts, line: line, owners: owners)
            if let until { next = min(next ?? until, until) }
            // What is incomplete stays as it is.
            if reading.result != .incomplete { readings.append(reading) }
            // Which report is a long text's last one shows only when those before it are committed.
            guard case .report(_, let segment, _) = reading.result, segment.othersUnreported > 0 else { continue }
            try await commit(readings)
            readings = []
        }
        try await commit(readings)
        return next
    }

    private func commit(_ readings: [Reading]) async throws(LedgerError) {
        guard !readings.isEmpty else { return }
        try await ledger.commit(readings)
        workers.ring(readings.flatMap(\.deliveries))
    }

    private func read(
        _ interpretation: Interpretation, of receipts: [Receipt], line: LineID, owners: [Subscriber]
    ) async throws(LedgerError) -> (Reading, until: Instant?) {
        let now = mint.now()
        func reading(_ result: Reading.Result) -> Reading { Reading(receipts: interpretation.receipts, result: result, at: now) }

        switch interpretation.meaning {
        case .message(let sender, let others, let parts, let presentation, let sentAt):
            let message = Message(
                id: mint.identifier(), line: line, direction: .incoming, sender: sender, participants: [sender] + others, parts: parts,
                presentation: presentation, sentAt: sentAt, recordedAt: now)
            let destinations = plan.destinations(of: message, subscribers: owners)
            return (reading(.message(message, deliveries: plan.deliveries(.message, of: message.id, to: destinations, mint: mint))), nil)
        case .report(let report):
            let arrived = receipts.first { interpretation.receipts.contains($0.id) }?.receivedAt ?? now
            return try await read(report, receivedAt: arrived, line: line, reading: reading)
        case .incomplete(let until):
            return (reading(.incomplete), until)
        case .undecodable(let why):
            return (reading(.undecodable(why)), nil)
        case .notForPeople(let why):
            return (reading(.notForPeople(why)), nil)
        }
    }

    /// A report can overtake the commit of the answer that made its segment known, so one without a segment waits a little.
    private func read(
        _ report: DeliveryReport, receivedAt: Instant, line: LineID, reading: (Reading.Result) -> Reading
    ) async throws(LedgerError) -> (Reading, until: Instant?) {
        let now = mint.now()
        let candidates = try await ledger.sentSegments(line: line, reference: report.reference)
        let match = ReportMatching.segment(for: report, among: candidates, receivedAt: receivedAt) {
            numbering.isSameParty($0, $1, line: line)
        }
        guard let segment = match else {
            return now < receivedAt + ReportMatching.overtaking
                ? (reading(.incomplete), now + Self.reportPause)
                : (reading(.notForPeople("a delivery report for no message of ours, reference \(report.reference)")), nil)
        }
        var deliveries: [Delivery] = []
        if let notice = ReportMatching.notice(for: report, of: segment, now: now), let record = try await ledger.message(segment.message) {
            let writer = try await ledger.subscribers(.writer(of: record.message))
            deliveries = plan.news(notice, of: record.message, subscribers: writer, mint: mint)
        }
        return (reading(.report(report, segment: segment, deliveries: deliveries)), nil)
    }
}
