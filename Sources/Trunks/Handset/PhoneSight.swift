import Telephony

/// What one look at a phone showed.
enum PhoneSight: Hashable, Sendable {
    /// It is there and does what it should.
    case present(String, facts: [String: String] = [:])
    /// It is there, and something about it is to be put right.
    case troubled(String)
    /// It does not answer.
    case away(String)
}
