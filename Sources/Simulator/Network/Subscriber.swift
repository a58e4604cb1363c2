/// A line of the network: what waits for it, and whether its modem can be reached.
struct Subscriber: Sendable {
    var isAttached = false
    /// Refused for want of room; waits for word of free memory.
    var isFull = false
    /// The first is on its way when `isInFlight`.
    var queue: [Incoming] = []
    var isInFlight = false
    /// The radio takes a breath between two messages.
    var isResting = false

    /// The next to be sent now.
    mutating func next() -> Incoming? {
        guard isAttached, !isFull, !isInFlight, !isResting, let first = queue.first else { return nil }
        isInFlight = true
        return first
    }
}
