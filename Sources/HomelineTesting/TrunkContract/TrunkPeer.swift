/// What a simulated phone, router or gateway must be able to do for its trunk to be judged.
public protocol TrunkPeer: Sendable {
    func set(_ mood: PeerMood) async
    /// What it sent on, in order; a repetition that it recognises as one and drops does not count.
    func taken() async -> [TakenText]
}

/// How a peer treats what it is asked to send.
public enum PeerMood: String, Sendable, CaseIterable {
    case working
    /// It takes its time, and does what it is asked.
    case slow
    /// Nobody listens where it should be.
    case away
    /// Never in this way: a number that it does not take.
    case refusing
    /// Not now: it has not taken the text, and says so.
    case failing
    /// It sends the text on and its answer is lost.
    case losingAnswers
    /// It sends the text on and does not answer at all.
    case silent
}

/// A text that a peer was made to send.
public struct TakenText: Hashable, Sendable {
    /// Digits alone, whatever form the trunk wrote it in.
    public let recipient: String
    public let text: String

    public init(recipient: String, text: String) {
        self.recipient = recipient.filter(\.isNumber)
        self.text = text
    }
}
