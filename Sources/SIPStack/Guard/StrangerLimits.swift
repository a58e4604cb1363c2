/// How much of a user agent's time and memory goes to messages of sources that have not proven who they are.
public struct StrangerLimits: Hashable, Sendable {
    /// Messages that may wait.
    public var waiting: Int
    /// Octets of them all.
    public var waitingOctets: Int
    /// They are worked on so long at a time; then everybody else is heard for twice as long.
    public var slice: Duration

    public init(waiting: Int = 1_024, waitingOctets: Int = 4_194_304, slice: Duration = .milliseconds(2)) {
        self.waiting = waiting
        self.waitingOctets = waitingOctets
        self.slice = slice
    }
}
