import Telephony

/// What an answer says of a text.
enum Verdict: Hashable, Sendable {
    /// Taken, under this name; nil where ours counts.
    case taken(String?)
    case later(Failure)
    /// Our secret is wrong: the owner's business.
    case stranger(Failure)
    case refused(Failure)
    /// It may have been taken.
    case lost(Failure)
}
