import Telephony

/// What the network's reports are about.
extension Intake {
    /// A report can overtake the commit of the answer that made its segment known, so one without a segment waits a little.
    func read(
        _ report: DeliveryReport, receivedAt: Instant, line: LineID
    ) async throws(LedgerError) -> (Reading.Result, until: Instant?) {
        let now = mint.now()
        // Asked before what was answered, so that a segment that is answered meanwhile is found there or here.
        let unanswered = try await unanswered(report, line: line)
        if let segment = try await sent(report, receivedAt: receivedAt, line: line) {
            return (.report(report, segment: segment, deliveries: try await news(of: report, on: segment)), nil)
        }
        var verdict = ReportMatching.doubt(endedBy: report, among: unanswered) { numbering.isSameParty($0, $1, line: line) }
        if !verdict.isByName(of: report), verdict != .none, try await isRepetition(report, receivedAt: receivedAt, line: line) { verdict = .none }
        switch verdict {
        case .ends(let segment):
            let answered = segment.accepted(as: report.reference, at: now)
            return (.answer(report, segment: segment, deliveries: try await news(of: report, on: answered)), nil)
        case .mustWait:
            return (.incomplete, now + Self.reportPause)
        case .isAmbiguous, .none:
            if now < receivedAt + ReportMatching.overtaking { return (.incomplete, now + Self.reportPause) }
            let why = verdict == .none ? "for no message of ours" : "that fits several sends in doubt"
            return (.notForPeople("a delivery report \(why), reference \(report.reference)"), nil)
        }
    }

    /// The segments that the report may answer for: of a line that settles by reports all, of any other those that it names.
    private func unanswered(_ report: DeliveryReport, line: LineID) async throws(LedgerError) -> [UnansweredSegment] {
        let isByReport = doubts[line] == .settleByReport
        guard isByReport || report.namedDelivery != nil else { return [] }
        let all = try await ledger.unansweredSegments(line: line)
        return isByReport ? all : all.filter { report.names($0.delivery) }
    }

    /// Whoever wrote the message is told that it was looked at.
    func read(_ report: ReadReport, line: LineID) async throws(LedgerError) -> Reading.Result {
        var candidates = try await ledger.sentSegments(line: line, reference: report.reference)
        candidates += try await ledger.reportedSegments(line: line, reference: report.reference)
        let segment = candidates.first { segment in segment.parties.contains { numbering.isSameParty($0, report.recipient, line: line) } }
        guard let segment, let record = try await ledger.message(segment.message) else {
            return .notForPeople("a read report for no message of ours, reference \(report.reference)")
        }
        guard report.act == .read, let recipient = segment.parties.first else {
            return .read(report, of: segment.message, deliveries: [])
        }
        let writer = try await ledger.subscribers(.writer(of: record.message))
        let notice = StatusNotice.read(recipient, at: report.at ?? mint.now())
        return .read(report, of: segment.message, deliveries: plan.news(notice, of: record.message, subscribers: writer, mint: mint))
    }

    private func sent(_ report: DeliveryReport, receivedAt: Instant, line: LineID) async throws(LedgerError) -> SentSegment? {
        let candidates = try await ledger.sentSegments(line: line, reference: report.reference)
        return match(report, candidates, receivedAt: receivedAt, line: line)
    }

    /// Networks report some segments twice: such a one has had its word and says nothing of others.
    private func isRepetition(_ report: DeliveryReport, receivedAt: Instant, line: LineID) async throws(LedgerError) -> Bool {
        let candidates = try await ledger.reportedSegments(line: line, reference: report.reference)
        return match(report, candidates, receivedAt: receivedAt, line: line) != nil
    }

    private func match(_ report: DeliveryReport, _ candidates: [SentSegment], receivedAt: Instant, line: LineID) -> SentSegment? {
        ReportMatching.segment(for: report, among: candidates, receivedAt: receivedAt) { numbering.isSameParty($0, $1, line: line) }
    }

    private func news(of report: DeliveryReport, on segment: SentSegment) async throws(LedgerError) -> [Delivery] {
        guard let notice = ReportMatching.notice(for: report, of: segment, now: mint.now()),
            let record = try await ledger.message(segment.message)
        else { return [] }
        let writer = try await ledger.subscribers(.writer(of: record.message))
        return plan.news(notice, of: record.message, subscribers: writer, mint: mint)
    }
}
