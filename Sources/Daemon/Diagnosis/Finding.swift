/// One thing that was looked at, and what to do about it.
public struct Finding: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        case good
        /// Works, and could be better.
        case warning
        case bad
    }

    public let subject: String
    public let verdict: Verdict
    public let sentence: String
    /// What to do; nil where nothing is to be done.
    public let advice: String?

    public init(_ subject: String, _ verdict: Verdict, _ sentence: String, advice: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.sentence = sentence
        self.advice = advice
    }
}
