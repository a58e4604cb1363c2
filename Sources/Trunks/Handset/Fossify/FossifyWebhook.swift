import HTTPStack
import Messaging
import Telephony

/// What the phone posts when a message has come.
struct FossifyWebhook: Hashable, Sendable {
    /// Why a post is not taken; the words are for the phone's log.
    enum Refusal: Error, Hashable, Sendable {
        case unreadable(String)
        case noNumber

        var words: String {
            switch self {
            case .unreadable(let why): why
            case .noNumber: "No phone number"
            }
        }
    }

    /// Files in one message; a text may stand beside them.
    static let attachmentLimit = 50

    let message: HandedMessage

    init(decoding body: [UInt8]) throws(Refusal) {
        let document: JSON
        do {
            document = try JSON(decoding: body)
        } catch {
            throw .unreadable(error.description)
        }
        guard case .object = document else { throw .unreadable("An object is expected") }
        // A name that is there counts, even if it says nothing: so it is with the bridge that these phones were made for.
        guard let number = Self.text(document["phoneNumber"] ?? document["from"]), number.contains(where: { !$0.isWhitespace }) else { throw .noNumber }
        let text = Self.text(document["message"] ?? document["text"]) ?? ""
        let attachments = document["attachments"]?.elements ?? []
        guard attachments.count <= Self.attachmentLimit else { throw .unreadable("More than \(Self.attachmentLimit) attachments") }
        let parts = (text.isEmpty ? [] : [Part.text(text)]) + attachments.map(Self.part)
        message = HandedMessage(from: number, parts: parts, sentAt: document["receivedAt"]?.instant ?? document["timestamp"]?.instant)
    }

    private static func text(_ value: JSON?) -> String? { value?.text ?? value?.wholeNumber.map(String.init) }

    /// What cannot be read is said in its place: a picture that is missing without a word would be missed by nobody.
    private static func part(_ attachment: JSON) -> Part {
        let encoded = attachment.text ?? attachment["data"]?.text ?? attachment["content"]?.text
        guard let encoded, let octets = HandsetBase64.decode(encoded), !octets.isEmpty else { return .text("[An attachment could not be read]") }
        return .handed(octets)
    }
}
