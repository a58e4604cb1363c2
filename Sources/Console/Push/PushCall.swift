import Exchange
import HTTPStack
import Telephony

/// What a browser is told of a new message. Without the text unless the person wants it: a notice lies on a locked screen.
struct PushCall {
    /// Characters of a text.
    private static let beginning = 200

    let conversation: Int64
    let title: String
    let text: String

    init(_ message: Message, conversation: Int64, told: PersonalSettings.Told, words: Words) {
        self.conversation = conversation
        switch told {
        case .nothing:
            title = "Homeline"
            text = words.newMessage
        case .text:
            title = ConversationList.beginning(of: message.sender?.shownName ?? "Homeline", 80).withoutDirections
            text = message.text.isEmpty ? words.file : ConversationList.beginning(of: message.text, Self.beginning)
        }
    }

    /// As the service worker reads it.
    var octets: [UInt8] {
        let document: JSON = ["title": .string(title), "body": .string(text), "path": .string("/conversations/\(conversation)")]
        return document.encoded
    }
}
