import Telephony

/// What a message is for the service's programs.
enum MessageKind: String, Hashable, Sendable {
    case text = "SMS"
    case multimedia = "MMS"

    init(_ message: Message) {
        self = message.parts.contains { $0.text == nil } ? .multimedia : .text
    }
}
