/// What a template leaves open: a word in braces.
enum Placeholder: Hashable, Sendable {
    /// A file's side of a message: how it is handed over.
    enum MediaForm: String, Sendable {
        /// An address under which it can be fetched for a while.
        case url
        case type
        case name
        /// Its octets in Base64.
        case base64
        /// `data:image/jpeg;base64,…` (RFC 2397).
        case dataURL = "data-url"
        /// The octets themselves; in a multipart form only.
        case file
    }

    /// How a number is written.
    enum NumberForm: String, Sendable {
        /// `+12025550123`
        case full
        /// `12025550123`
        case digits
        /// Without the calling code of the line's country: `2025550123`.
        case national
    }

    case to(NumberForm)
    case from(NumberForm)
    case text
    /// Homeline's own name for the delivery: the same on every attempt.
    case id
    case user
    case secret
    /// Where the gateway is reached.
    case url
    /// Where it reaches us.
    case callback
    /// One word where the text fits the seven-bit alphabet of GSM, another where it does not.
    case alphabet(gsm: String, unicode: String)
    /// A file by its number from 1, or each of them in turn.
    case media(MediaForm, number: Int?)
    /// The days around today in UTC, `2026-03-30`; for polls.
    case yesterday, tomorrow
    /// The polled message's own name; for its deletion.
    case item

    /// Nil where there is no such placeholder.
    init?(_ word: String) {
        if let named = Self.plain[word] {
            self = named
            return
        }
        if word.hasPrefix("alphabet:") {
            let words = word.dropFirst(9).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2 else { return nil }
            self = .alphabet(gsm: words[0], unicode: words[1])
            return
        }
        var parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...]
        switch parts.popFirst() {
        case "to": self = .to(.full)
        case "from": self = .from(.full)
        case "media":
            let number = parts.first.flatMap { Int($0) }
            if let number {
                guard (1...99).contains(number) else { return nil }
                parts = parts.dropFirst()
            }
            guard parts.count <= 1, let form = parts.first.map({ MediaForm(rawValue: $0) }) ?? .url else { return nil }
            self = .media(form, number: number)
            return
        default: return nil
        }
        guard parts.count == 1, let form = parts.first.flatMap({ NumberForm(rawValue: $0) }), form != .full else { return nil }
        if case .to = self { self = .to(form) } else { self = .from(form) }
    }

    private static let plain: [String: Placeholder] = [
        "to": .to(.full), "from": .from(.full), "text": .text, "id": .id, "user": .user, "secret": .secret, "url": .url, "callback": .callback,
        "yesterday": .yesterday, "tomorrow": .tomorrow, "item": .item,
    ]

    /// For people who mistyped one.
    static let known =
        "to, to.digits, to.national, from, from.digits, from.national, text, id, user, secret, url, callback, alphabet:A|B, media, media.type, "
        + "media.name, media.base64, media.data-url, media.file and these with a number as in media.1.type, yesterday, tomorrow, item"

    /// Whether it stands for each file in turn.
    var isOfEachFile: Bool {
        if case .media(_, nil) = self { true } else { false }
    }

    /// Whether it needs our files to be fetched from outside.
    var isFileAddress: Bool {
        if case .media(.url, _) = self { true } else { false }
    }
}
