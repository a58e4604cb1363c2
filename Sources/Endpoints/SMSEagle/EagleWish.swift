import HTTPStack

/// What a caller of `send_sms` asks for, in whichever form.
struct EagleWish: Hashable, Sendable {
    /// The token, or the password that goes with `login`.
    let secret: String?
    let login: String?
    let to: [String]
    let message: String?
    let form: EagleForm

    private init(_ text: (String) -> String?, recipients: [String], form: EagleForm) {
        let login = text("login")
        self.login = login
        secret = text("access_token") ?? login.flatMap { _ in text("pass") }
        to = recipients
        message = text("message")
        self.form = form
    }

    /// The query's or form's parameters.
    init(_ parameters: Form) {
        self.init({ parameters[$0] }, recipients: Self.numbers(parameters["to"]), form: Self.says(parameters["responsetype"], "xml") ? .xml : .text)
    }

    /// A call of JSON-RPC. Nil where it is none of `sms.send_sms`.
    init?(call: JSON) {
        guard Self.says(call["method"]?.text, "sms.send_sms"), let params = call["params"] else { return nil }
        let text: (String) -> String? = { Self.word(params[$0]) }
        self.init(
            text, recipients: Self.list(params["to"]) ?? Self.numbers(text("to")), form: Self.says(text("responsetype"), "extended") ? .extended : .result)
    }

    private static func word(_ value: JSON?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        default: nil
        }
    }

    /// Nobody where one of them is no number at all: none is left out silently. Nil for what is no list.
    private static func list(_ value: JSON?) -> [String]? {
        guard let elements = value?.elements else { return nil }
        let words = elements.compactMap(word)
        return words.count == elements.count ? words : []
    }

    /// By octets: nobody has been admitted yet, and of some characters it takes long to compare a text.
    private static func says(_ text: String?, _ word: String) -> Bool { text.map { $0.utf8.elementsEqual(word.utf8) } ?? false }

    /// Numbers with commas between them; cut by octets for the same reason.
    private static func numbers(_ text: String?) -> [String] {
        let words = (text ?? "").utf8.split(separator: UInt8(ascii: ","))
        return words.map { String(decoding: $0.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self) }.filter { !$0.isEmpty }
    }
}
