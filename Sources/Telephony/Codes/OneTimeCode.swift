/// The code for signing in or paying that a text brings: digits beside a word that says so. Pure, and bounded however long the text is.
///
/// Where it is not sure it finds nothing: a year, a price, a time or a telephone number that is offered as a code is worse than a code that
/// is typed by hand.
public struct OneTimeCode: Hashable, Sendable {
    /// Digits alone: `493817`.
    public let digits: String

    public init?(in text: String) {
        let scalars = Array(text.lowercased().unicodeScalars.prefix(Self.textLimit))
        let words = CodeWords.places(in: scalars)
        guard !words.isEmpty else { return nil }
        let candidates = DigitRun.all(in: scalars).prefix(Self.candidateLimit).filter { $0.mayBeCode(in: scalars) }
        let rated = candidates.compactMap { run in Self.distance(of: run, from: words).map { (run: run, distance: $0) } }
        guard let best = rated.min(by: { $0.distance < $1.distance }) else { return nil }
        if best.run.isYear, best.distance > Self.besideTheWord { return nil }
        digits = best.run.digits
    }

    private static let textLimit = 2000
    private static let candidateLimit = 64
    /// Characters between the word and its code.
    private static let reach = 70
    private static let besideTheWord = 5

    /// From the nearest word. A code stands behind its word more often than before it.
    private static func distance(of run: DigitRun, from words: [Range<Int>]) -> Int? {
        let distances = words.compactMap { word -> Int? in
            if word.upperBound <= run.range.lowerBound { return run.range.lowerBound - word.upperBound }
            if run.range.upperBound <= word.lowerBound { return (word.lowerBound - run.range.upperBound) * 3 / 2 + besideTheWord }
            return nil
        }
        return distances.min().flatMap { $0 <= reach ? $0 : nil }
    }
}
