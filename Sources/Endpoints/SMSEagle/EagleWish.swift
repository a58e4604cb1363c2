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
        self.init({ parameters[$0] }, recipients: Self.numbers(parameters["to"]), form: parameters["responsetype"] == "xml" ? .xml : .text)
    }

    /// A call of JSON-RPC. Nil where it is none of `sms.send_sms`.
    init?(call: JSON) {
        guard call["method"]?.text == "sms.send_sms", let params = call["params"] else { return nil }
        let text: (String) -> String? = { name in
            switch params[name] {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            default: nil
            }
        }
        let list = params["to"]?.elements?.compactMap(\.text)
        self.init(text, recipients: list ?? Self.numbers(text("to")), form: text("responsetype") == "extended" ? .extended : .result)
    }

    /// Numbers with commas between them.
    private static func numbers(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) }.filter { !$0.isEmpty }
    }
}
