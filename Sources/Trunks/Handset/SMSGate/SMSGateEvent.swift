import HTTPStack
import Messaging
import Telephony

/// What the app tells a webhook.
enum SMSGateEvent: Hashable, Sendable {
    /// A text, a text to a port, or a picture message: the app's name for it, which is the same whenever it tells of it.
    case message(kind: String, id: String, HandedMessage)
    /// A picture message waits at the carrier for the phone to fetch it.
    case announced(sender: String)
    /// The phone gave a message of ours to the network, in so many texts.
    case sent(SMSGateReference, parts: Int)
    /// What became of one of its texts.
    case report(SMSGateReference, HandedReport)
    /// The app began to run.
    case started
    /// Nothing that we need.
    case other(String)

    /// Which event it is, by its name on the wire; these are registered.
    static let names = [
        "sms:received", "sms:data-received", "mms:received", "mms:downloaded", "sms:sent", "sms:delivered", "sms:failed", "sms:cancelled", "app:started",
    ]
}
