/// The call file with which smsq makes Asterisk ring whoever a spooled message is for.
public struct SMSQCall: Hashable, Sendable {
    /// Of the spool: towards a phone, or towards a message centre.
    public enum Direction: String, Hashable, Sendable {
        case toPhone = "mttx"
        case toCentre = "motx"
    }

    public let direction: Direction
    /// `PJSIP/1000`.
    public let channel: String
    /// The number that the phone knows its message centre by.
    public let callerID: String
    public let queue: String

    public init(_ direction: Direction, channel: String, callerID: String, queue: String) {
        self.direction = direction
        self.channel = channel
        self.callerID = callerID
        self.queue = queue
    }

    /// One call at a time fetches all that waits in a queue, so there is one name.
    public var name: String { "smsq.\(direction.rawValue).\(SMSQName(queue: queue, rest: "1"))" }

    /// With the patience that smsq has of itself.
    public func encoded() -> [UInt8] {
        let (retries, pause) = direction == .toPhone ? (100, 30) : (10, 1)
        let queue = SMSQName(queue: queue, rest: "").queue
        let lines = [
            "Channel: \(channel.callPiece)", "Callerid: SMS <\(callerID.callPiece)>", "Application: SMS", "Data: \(queue)\(direction == .toPhone ? ",s" : "")",
            "MaxRetries: \(retries)", "RetryTime: \(pause)", "WaitTime: 10",
        ]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}

extension String {
    /// Nothing in it ends the line: another line of a call file could name a program to run.
    fileprivate var callPiece: String { String(unicodeScalars.filter { $0.value >= 0x20 && $0 != ";" }.map(Character.init)) }
}
