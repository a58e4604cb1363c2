import HTTPStack
import Telephony

/// How the answer to a request is read.
struct AnswerTemplate: Sendable {
    enum Reference: Sendable {
        /// The gateway's name for the message, in its answer.
        case found(Finder)
        /// The gateway names nothing: our own name was given to it.
        case own
    }

    /// What it means when the answer is a good one but for the reference.
    enum Missing: String, Sendable, CaseIterable {
        case failed
        case inDoubt = "in-doubt"
    }

    var reference: Reference
    /// A word that says what became of the request, beside the status; or one for each segment.
    var state: Finder?
    /// Words for yes; with none, every word that is in no other list.
    var taken: WordList = []
    /// Words for not now.
    var later: WordList = []
    /// Words, and statuses, for a wrong secret.
    var strangers: WordList = []
    var strangerStatuses: Set<Int> = [401]
    /// Why not, in the gateway's words.
    var detail: Finder?
    var missing = Missing.inDoubt

    func verdict(on answer: OutgoingAnswer) -> Verdict {
        let words = state?.findAll(in: answer) ?? []
        let word = words.first { !taken.contains($0) } ?? words.first
        let failure = Failure(.http(answer.status), why(answer, word))
        // Where each segment has a word, and some were taken: to send the text again would double those, and to give it up would lose the others.
        if (200..<300).contains(answer.status), words.contains(where: taken.contains), let word, !taken.contains(word) {
            return .lost(Failure(.lostAnswer, "the gateway took a part of it only"))
        }
        if strangerStatuses.contains(answer.status) || word.map(strangers.contains) ?? false { return .stranger(failure) }
        if word.map(later.contains) ?? false { return .later(failure) }
        switch answer.status {
        case 200..<300: break
        // Something between us and the gateway lost its answer; 520, 524 and 598 are what Cloudflare and other proxies say of that.
        case 502, 504, 520, 524, 598: return .lost(Failure(.lostAnswer, failure.detail))
        case 408, 425, 429, 500, 503, 505...599: return .later(failure)
        default: return .refused(failure)
        }
        if state != nil {
            guard let word else { return .lost(Failure(.lostAnswer, "the answer cannot be understood")) }
            guard taken.isEmpty || taken.contains(word) else { return .refused(Failure(.refused, failure.detail)) }
        }
        guard case .found(let finder) = reference else { return .taken(nil) }
        if let found = finder.find(in: answer) { return .taken(String(found.prefix(200))) }
        return missing == .failed ? .refused(Failure(.refused, failure.detail)) : .lost(Failure(.lostAnswer, "the answer has no reference"))
    }

    private func why(_ answer: OutgoingAnswer, _ word: String?) -> String {
        let text = detail?.find(in: answer) ?? word ?? ""
        return String(text.filter { !$0.isNewline }.prefix(160))
    }
}
