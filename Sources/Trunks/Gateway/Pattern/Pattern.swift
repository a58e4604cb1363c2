import Settings

/// A text with placeholders, `ID {id} for {to.digits}`. `{{` and `}}` stand for braces.
struct Pattern: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case literal(String)
        case placeholder(Placeholder)
    }

    let pieces: [Piece]

    /// Throws what is wrong with it, in words for its writer.
    init(_ text: String) throws(Unreadable) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                literal.append(character)
                rest = rest.dropFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw Unreadable("a brace is opened and not closed; a brace itself is written {{") }
                let word = String(rest[..<end])
                guard let placeholder = Placeholder(word) else { throw Unreadable("there is no placeholder {\(word)}; there are \(Placeholder.known)") }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.placeholder(placeholder))
                rest = rest[end...].dropFirst()
            case "}": throw Unreadable("a brace is closed and was not opened; a brace itself is written }}")
            default: literal.append(character)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    /// Of our own ready templates, whose words a test checks.
    init(known text: StaticString) {
        let text = "\(text)"
        self = (try? Pattern(text)) ?? Pattern(pieces: [.literal(text)])
    }

    /// Without placeholders.
    init(literal: String) { pieces = [.literal(literal)] }

    /// At the gateway's own address.
    init(path: String) { pieces = [.placeholder(.url), .literal(path)] }

    private init(pieces: [Piece]) { self.pieces = pieces }

    var placeholders: [Placeholder] {
        pieces.compactMap { if case .placeholder(let placeholder) = $0 { placeholder } else { nil } }
    }

    /// Literals as they stand, and what comes from outside escaped for the place. Nil where a placeholder has no value.
    func filled(_ filling: Filling, file: OutgoingFile? = nil, escaping place: Place) -> String? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .placeholder(let placeholder):
                guard let value = filling.value(of: placeholder, file: file) else { return nil }
                // Only the owner's own address stands where it can name a server.
                text += placeholder == .url ? value : place.escape(value)
            }
        }
        return text
    }
}
