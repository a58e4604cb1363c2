/// What the network says in a USSD session.
public struct USSDAnswer: Equatable, Sendable {
    /// `<m>` of `+CUSD` (3GPP TS 27.007 §7.15).
    public enum State: Int, Equatable, Sendable {
        case done = 0, replyWanted = 1, ended = 2, otherClient = 3, notSupported = 4, timeout = 5
    }

    public var state: State
    public var text: String

    public init(state: State, text: String) {
        self.state = state
        self.text = text
    }
}
