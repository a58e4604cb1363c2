import HTTPStack

/// An address with tokens in it, each of which stands for something about a message: `https://x/?from={FROM}&text={MESSAGE}`.
struct CallbackTemplate: Hashable, Sendable {
    /// What a message is told as.
    struct Values: Hashable, Sendable {
        var from = ""
        var to = ""
        var message = ""
        var id = ""
        var timestamp = ""
        /// Addresses of files.
        var media: [String] = []

        fileprivate func value(of token: Substring) -> String? {
            switch token {
            case "FROM": from
            case "TO": to
            case "MESSAGE": message
            case "ID": id
            case "TIMESTAMP": timestamp
            case "MEDIA": CallbackTemplate.slots(media).joined(separator: ",")
            default: nil
            }
        }
    }

    private let text: String
    let host: String

    /// Octets of an address with a text of the longest kind in it.
    private static let longest = 160_000

    /// Nil where it is no address of the web, or its host hangs on a message.
    init?(_ text: String) {
        guard let url = WebURL(text), !url.host.contains("{") else { return nil }
        self.text = text
        host = url.host
    }

    /// Nil where what comes out is no address. A token that we do not know stays as it is; clients pass it over.
    func url(_ values: Values) -> WebURL? {
        var out = "", rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            out += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: "}"), let value = values.value(of: rest[rest.index(after: start)..<end]) else {
                out += "{"
                rest = rest.dropFirst()
                continue
            }
            out += PercentEncoding.encode(value)
            rest = rest[rest.index(after: end)...]
        }
        return WebURL(out + rest, longest: Self.longest)
    }

    /// Three places for files, as the service has them: those without one are empty.
    static func slots(_ media: [String]) -> [String] {
        Array((media + ["", "", ""]).prefix(3))
    }
}
