import HTTPStack
import SMS
import Telephony

/// The body of `/send_sms` and `/send_mms`.
struct FossifyRequest: Sendable {
    /// Octets that a picture message takes beside its parts: what the phone writes around them.
    static let overhead = 2048

    let path: String
    let json: JSON
    /// How long the phone may take.
    let timeout: Duration

    init(to recipient: Telephony.Address, text: String) {
        path = "/send_sms"
        timeout = .seconds(30)
        json = ["phoneNumber": .string(recipient.text), "message": .string(Self.whole(text))]
    }

    /// A picture message. The phone knows neither subjects nor names nor types: a subject becomes the first line of the text.
    init(to recipient: Telephony.Address, _ parts: [FittedPart], subject: String?) {
        let texts = parts.filter(\.isText).map { String(decoding: $0.octets, as: UTF8.self) }
        let files = parts.filter { !$0.isText }.map { JSON.string(HandsetBase64.encode($0.octets)) }
        let lines = [subject].compactMap { $0 }.filter { !$0.isEmpty } + texts
        let text = lines.joined(separator: "\n")
        path = files.isEmpty ? "/send_sms" : "/send_mms"
        timeout = .seconds(files.isEmpty ? 30 : 60)
        guard !files.isEmpty else {
            json = ["phoneNumber": .string(recipient.text), "message": .string(Self.whole(text))]
            return
        }
        json = ["phoneNumber": .string(recipient.text), "message": .string(text), "attachments": .array(files)]
    }

    /// The phone cuts only what is longer than 160 UTF-16 units into segments. What is shorter and yet too long for one, since the GSM
    /// alphabet cannot write it, the radio would drop without a word: spaces at the end bring it over the bound.
    static func whole(_ text: String) -> String {
        let units = text.utf16.count
        guard units <= 160, Segmentation.count(text).segments > 1 else { return text }
        return text + String(repeating: " ", count: 161 - units)
    }
}

extension FittedPart {
    var isText: Bool { mediaType == "text/plain" }
}
