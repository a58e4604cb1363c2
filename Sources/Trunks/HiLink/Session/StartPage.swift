/// The page that a router shows in a browser, as far as it holds tokens: `<meta name="csrf_token" content="…">`.
enum StartPage {
    static func tokens(in page: [UInt8]) -> [String] {
        let text = String(decoding: page.prefix(256 * 1024), as: UTF8.self)
        return text.split(separator: "<").compactMap { tag in
            guard tag.hasPrefix("meta"), tag.contains("\"csrf_token\""), let content = tag.firstRange(of: "content=\"") else { return nil }
            let value = tag[content.upperBound...].prefix { $0 != "\"" }
            return value.isEmpty ? nil : String(value)
        }
    }

    /// The token in the answer to `webserver/token`: where it is longer than 32 characters, they are something else.
    static func token(_ value: String) -> String { value.utf8.count > 32 ? String(value.dropFirst(32)) : value }
}
