/// Finds the tags of a document that may be broken, in one pass; what is not a tag is passed over.
struct TagScanner {
    struct Tag {
        /// In lower case, without a prefix.
        var name: String
        /// Names in lower case; the first of a name counts.
        var attributes: [String: String]
        var isClosing: Bool
        /// `<name/>`
        var isEmpty: Bool
    }

    private static let attributeLimit = 32

    private let octets: [UInt8]
    private var position = 0

    init(_ text: String) {
        octets = Array(text.utf8)
    }

    /// The next tag; nil at the end, and where a quote or comment has none.
    mutating func next() -> Tag? {
        while let open = index(of: UInt8(ascii: "<"), from: position) {
            position = open + 1
            guard let first = peek else { return nil }
            if first == UInt8(ascii: "!") || first == UInt8(ascii: "?") {
                guard skipMarkup() else { return nil }
                continue
            }
            let isClosing = first == UInt8(ascii: "/")
            if isClosing { position += 1 }
            let name = self.name()
            if name.isEmpty { continue }
            var tag = Tag(name: name, attributes: [:], isClosing: isClosing, isEmpty: false)
            return attributes(of: &tag) ? tag : nil
        }
        return nil
    }

    /// To the end of the tag. False where the document ends first.
    private mutating func attributes(of tag: inout Tag) -> Bool {
        while true {
            skipSpace()
            guard let character = peek else { return false }
            switch character {
            case UInt8(ascii: ">"):
                position += 1
                return true
            // The tag's own end is missing.
            case UInt8(ascii: "<"):
                return true
            case UInt8(ascii: "/"):
                position += 1
                tag.isEmpty = peek == UInt8(ascii: ">")
            default:
                let name = self.name()
                if name.isEmpty { position += 1 }
                guard let value = value() else { return false }
                if !name.isEmpty, tag.attributes.count < TagScanner.attributeLimit, tag.attributes[name] == nil { tag.attributes[name] = value }
            }
        }
    }

    /// What follows an equals sign, quoted or not; empty where there is none, nil where a quote does not end.
    private mutating func value() -> String? {
        skipSpace()
        guard peek == UInt8(ascii: "=") else { return "" }
        position += 1
        skipSpace()
        guard let quote = peek else { return nil }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            guard let end = index(of: quote, from: position + 1) else { return nil }
            defer { position = end + 1 }
            return Markup.unescaped(octets[(position + 1)..<end])
        }
        let start = position
        while let character = peek, !ASCII.isSpace(character), character != UInt8(ascii: ">"), character != UInt8(ascii: "<") { position += 1 }
        return Markup.unescaped(octets[start..<position])
    }

    /// A name in lower case, without the prefix of a namespace.
    private mutating func name() -> String {
        let start = position
        while let character = peek, !ASCII.isSpace(character), !"<>/=\"'".utf8.contains(character) { position += 1 }
        let name = ASCII.lowercased(String(decoding: octets[start..<position], as: UTF8.self))
        return name.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    }

    /// Over a comment, declaration or instruction. False where it has no end.
    private mutating func skipMarkup() -> Bool {
        let isComment = octets[position...].starts(with: "!--".utf8)
        if isComment { position += 3 }
        while let end = index(of: UInt8(ascii: ">"), from: position) {
            let isEnd = !isComment || end >= position + 2 && octets[end - 1] == UInt8(ascii: "-") && octets[end - 2] == UInt8(ascii: "-")
            position = end + 1
            if isEnd { return true }
        }
        return false
    }

    private var peek: UInt8? { position < octets.count ? octets[position] : nil }

    private mutating func skipSpace() {
        while let character = peek, ASCII.isSpace(character) { position += 1 }
    }

    private func index(of octet: UInt8, from start: Int) -> Int? {
        start <= octets.count ? octets[start...].firstIndex(of: octet) : nil
    }
}
