import HTTPStack

/// What a request must say to be taken for a message, or for a report.
struct Conditions: Hashable, Sendable {
    struct Condition: Hashable, Sendable {
        let place: JSONPath
        /// Nil where it is enough that something stands there.
        let words: WordList?
    }

    var all: [Condition] = []

    func holds(in document: JSON) -> Bool {
        all.allSatisfy { condition in
            guard let word = condition.place.text(in: document) else { return false }
            return condition.words?.contains(word) ?? true
        }
    }
}
