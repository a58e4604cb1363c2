import HTTPStack

/// What a caller of `sendsms` asks for: by parameters, or in the head of a POST whose body is the text.
struct KannelWish: Hashable, Sendable {
    let username: String
    let password: String
    let to: [String]
    let from: String
    let text: [UInt8]
    let charset: String?
    /// 0 the GSM alphabet, 1 octets, 2 UCS-2.
    let coding: String?
    let hasHeader: Bool
    let reportURL: String?
    let reportMask: Int

    init(_ form: Form) {
        username = form["username"] ?? form["user"] ?? ""
        password = form["password"] ?? form["pass"] ?? ""
        to = Self.numbers(form["to"])
        from = form["from"] ?? ""
        text = form.field("text")?.octets ?? []
        charset = form["charset"]
        coding = form["coding"]
        hasHeader = form["udh"]?.isEmpty == false
        reportURL = form["dlr-url"] ?? form["dlrurl"]
        reportMask = Int(form["dlr-mask"] ?? form["dlrmask"] ?? "") ?? 0
    }

    /// The text is the body, in the charset that its type says.
    init(head request: Request, body: [UInt8]) {
        username = request.header("X-Kannel-Username") ?? ""
        password = request.header("X-Kannel-Password") ?? ""
        to = Self.numbers(request.header("X-Kannel-To"))
        from = request.header("X-Kannel-From") ?? ""
        text = body
        let type = request.header("Content-Type")?.lowercased() ?? ""
        charset = type.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }.first { $0.hasPrefix("charset=") }.map { String($0.dropFirst(8)) }
        coding = request.header("X-Kannel-Coding")
        hasHeader = request.header("X-Kannel-UDH")?.isEmpty == false
        reportURL = request.header("X-Kannel-DLR-Url")
        reportMask = Int(request.header("X-Kannel-DLR-Mask") ?? "") ?? 0
    }

    /// Numbers with spaces between them; a plus sign that nobody escaped has become one.
    private static func numbers(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    }
}
