import HTTPStack
import Telephony

/// Where news of a text that left stands in a request.
struct ReportFields: Hashable, Sendable {
    var when = Conditions()
    var reference: JSONPath
    var state: JSONPath
    var delivered: WordList = ["delivered"]
    var failed: WordList = ["failed", "undelivered", "rejected", "expired"]
    /// Words that are told as "on its way"; others are passed over.
    var pending: WordList = []
    var detail: JSONPath?

    /// TP-Status has no word for what gateways say: a permanent error of which nothing more is known, and still trying (TS 23.040 §9.2.3.15).
    private static let failedStatus = 0x40, pendingStatus = 0x20

    /// Nil for a word that says nothing of it.
    func read(_ document: JSON) throws(Unintelligible) -> FoundReport? {
        guard let reference = reference.text(in: document), let word = state.text(in: document) else {
            throw Unintelligible(reason: "it names no message or no state")
        }
        let fate: DeliveryReport.Fate
        if delivered.contains(word) { fate = .delivered }
        else if failed.contains(word) { fate = .failed(code: Self.failedStatus) }
        else if pending.contains(word) { fate = .pending(code: Self.pendingStatus) }
        else { return nil }
        let why = detail?.text(in: document).flatMap { $0.isEmpty ? nil : $0 }
        let isFailed = if case .failed = fate { true } else { false }
        return FoundReport(reference: reference, word: word, fate: fate, detail: isFailed ? String((why.map { "\(word): \($0)" } ?? word).prefix(160)) : "")
    }
}
