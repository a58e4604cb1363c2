/// What a router shows of a picture message's notice.
///
/// It takes the notice, a push in binary, for itself, and lists what it could read of it as a text: one user of a B315 saw the last part of
/// the address only. There is no list of the forms, so a notice is what cannot be a text that somebody wrote.
struct PictureNotice: Hashable, Sendable {
    enum Address: Hashable, Sendable {
        case whole(String)
        /// The last part of one.
        case rest(String)
        case none
    }

    let address: Address
    /// What the router lists, on one line.
    let shown: String

    /// Nil for an ordinary text.
    init?(_ text: StoredText) {
        let content = text.content
        let visible = content.split { $0.isWhitespace || $0.isControl }.joined(separator: " ")
        guard Self.isMarked(content) || Self.isUnknown(text.kind) && Self.isToken(content) else { return nil }
        shown = String(visible.prefix(300))
        if let url = Self.url(in: content) {
            address = .whole(url)
        } else if Self.isToken(content), !Self.isMarked(content) {
            address = .rest(content.filter { !$0.isWhitespace })
        } else {
            address = .none
        }
    }

    /// The push's content type or application, which no person writes.
    private static func isMarked(_ content: String) -> Bool {
        content.contains("application/vnd.wap.mms-message") || content.contains("x-wap-application:mms.ua")
    }

    private static func isUnknown(_ kind: StoredText.Kind) -> Bool {
        if case .other = kind { true } else { false }
    }

    /// One run of printable ASCII that is no word, as an address or the end of one is.
    private static func isToken(_ content: String) -> Bool {
        let trimmed = content.split(whereSeparator: \.isWhitespace)
        guard trimmed.count == 1, (4...1024).contains(trimmed[0].utf8.count) else { return false }
        return trimmed[0].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && (trimmed[0].contains { "/?=&.".contains($0) } || trimmed[0].utf8.count >= 16)
    }

    /// The first http address, up to what no address holds.
    private static func url(in content: String) -> String? {
        guard let start = content.firstRange(of: "http://") ?? content.firstRange(of: "https://") else { return nil }
        let url = content[start.lowerBound...].prefix { character in
            character.asciiValue.map { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) } ?? false
        }
        return url.utf8.count > 10 && url.utf8.count <= 1024 ? String(url) : nil
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.allSatisfy { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0xFFFD } }
}
