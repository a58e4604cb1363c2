import Settings

/// A configuration's value as a test writes it.
public indirect enum Written: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    case text(String)
    case list([Written])
    case section([(String, Written)])

    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: Written...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, Written)...) { self = .section(elements) }

    func replacing(_ word: String, with other: String) -> Written {
        switch self {
        case .text(let text): .text(text == word ? other : text)
        case .list(let elements): .list(elements.map { $0.replacing(word, with: other) })
        case .section(let entries): .section(entries.map { ($0.0, $0.1.replacing(word, with: other)) })
        }
    }

    /// Every value on its own line, from 1.
    var node: Node { node(line: 1) }

    private func node(line: Int) -> Node {
        switch self {
        case .text(let text): Node(.scalar(text), line: line)
        case .list(let elements): Node(.list(elements.map { $0.node(line: line) }), line: line)
        case .section(let entries): Node(.section(entries.enumerated().map { Node.Entry(name: $1.0, value: $1.1.node(line: line + $0)) }), line: line)
        }
    }
}
