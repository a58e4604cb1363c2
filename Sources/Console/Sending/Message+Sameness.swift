import Exchange
import Telephony

// A key is one message for ever: other content under it is a mistake that must not look like success.

extension Message {
    /// Whether a submission says the same.
    func isSame(as submission: Submission) -> Bool {
        line == submission.line && parts == submission.parts && subject == submission.subject && Set(participants) == Set(submission.recipients)
    }
}

extension HeldMessage {
    /// Whether another one says the same, at the same time.
    func isSame(as other: HeldMessage) -> Bool {
        line == other.line && parts == other.parts && due == other.due && Set(recipients) == Set(other.recipients)
    }

    /// Octets of all its parts.
    var size: Int { parts.reduce(0) { $0 + $1.size } }
}

/// The form was sent before, and says something else now.
struct UsedKey: Error {
    /// What it said then.
    let message: Message
}
