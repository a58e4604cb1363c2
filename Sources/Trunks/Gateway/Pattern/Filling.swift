import HTTPStack
import SMS
import Telephony

/// What placeholders stand for in one request.
struct Filling: Hashable, Sendable {
    /// Who it goes to, and our own number.
    var to: Telephony.Address?
    var from: String?
    var text: String?
    var id: String?
    var files: [OutgoingFile] = []
    var item: String?
    var now: Instant?
    var site: GatewaySite

    /// Nil where it stands for nothing: a field that needs it is left out.
    func value(of placeholder: Placeholder, file: OutgoingFile? = nil) -> String? {
        switch placeholder {
        case .to(let form): to.map { site.written($0.text, as: form) }
        case .from(let form): from.map { site.written($0, as: form) }
        case .text: text
        case .id: id
        case .user: site.user
        case .secret: site.secret
        case .url: site.url
        case .callback: site.callback
        case .alphabet(let gsm, let unicode): text.map { Segmentation.count($0).alphabet == .gsm7 ? gsm : unicode }
        case .media(let form, let number): (number.map { files.indices.contains($0 - 1) ? files[$0 - 1] : nil } ?? file).flatMap { Self.value(form, of: $0) }
        case .yesterday: now.map { CalendarDay(of: $0 + .seconds(-86400)).text }
        case .tomorrow: now.map { CalendarDay(of: $0 + .seconds(86400)).text }
        case .item: item
        }
    }

    private static func value(_ form: Placeholder.MediaForm, of file: OutgoingFile) -> String? {
        switch form {
        case .url: file.url
        case .type: file.mediaType
        case .name, .file: file.name
        case .base64: base64(file.octets)
        case .dataURL: "data:\(file.mediaType);base64,\(base64(file.octets))"
        }
    }
}
