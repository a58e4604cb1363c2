import HTTPStack
import Telephony

/// What an answer must say to be a list. Some gateways answer 200 to a wrong login, too, and only a word tells it from an empty list.
struct PollAnswer: Sendable {
    /// A word that says whether it is one, beside the status.
    var state: Finder?
    /// Words for yes; any, where there are none.
    var taken: WordList = []

    /// Nil for a list, an empty one as well.
    func failure(of answer: OutgoingAnswer) -> Failure? {
        guard (200..<300).contains(answer.status) else { return Failure(.http(answer.status)) }
        guard let state else { return nil }
        guard let word = state.find(in: answer) else { return Failure(.refused, "its list cannot be read") }
        return taken.isEmpty || taken.contains(word) ? nil : Failure(.refused, "It says \(word.filter { !$0.isNewline }.prefix(60)).")
    }
}
