/// A message on its way from the network to a modem.
public struct Incoming: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// SMS-DELIVER
        case message
        /// SMS-STATUS-REPORT
        case report
    }

    public var id: UInt64
    public var kind: Kind
    public var pdu: PDU

    public init(id: UInt64, kind: Kind, pdu: PDU) {
        self.id = id
        self.kind = kind
        self.pdu = pdu
    }
}

/// What the network says to a submission.
public enum SubmissionAnswer: Equatable, Sendable {
    case accepted
    /// RP cause (3GPP TS 24.011 §8.2.5.4) or TP failure cause, as `+CMS ERROR` shows it.
    case refused(cause: Int)
}

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
