import Telephony

/// One of the programs that an endpoint tells of what comes in, and of which lines.
public struct Receiver: Hashable, Sendable {
    public let id: ReceiverID
    public let lines: Set<LineID>

    public init(_ id: ReceiverID, lines: Set<LineID>) {
        self.id = id
        self.lines = lines
    }
}
