import Telephony

/// Tells the persons of a line what they must know: a dead device, a full SIM, a wrong PIN. Arrives as a message from `Homeline`.
public protocol OwnerNotices: Sendable {
    /// `topic` names the condition (`modem.unplugged`); the same topic is told once until `clear` or a day has passed.
    func tell(_ line: LineID, topic: String, _ sentence: String) async
    /// Of something that the line's health does not show: who is told it is told as well when the line is without service.
    func tell(_ line: LineID, aside topic: String, _ sentence: String) async
    /// The condition is over; says so once when it had been told.
    func clear(_ line: LineID, topic: String, _ sentence: String) async
}

extension OwnerNotices {
    public func tell(_ line: LineID, aside topic: String, _ sentence: String) async { await tell(line, topic: topic, sentence) }
}
