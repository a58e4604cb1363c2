/// An element of a router's answer. Routers spell the same name in several cases, so names are held in lower case.
struct Element: Hashable, Sendable {
    let name: String
    /// The character data of the element itself, without white space around it when there are children.
    var text: String
    var children: [Element]

    init(_ name: String, text: String = "", children: [Element] = []) {
        self.name = name.lowercased()
        self.text = text
        self.children = children
    }

    /// The first child of that name.
    subscript(_ name: String) -> Element? {
        let name = name.lowercased()
        return children.first { $0.name == name }
    }

    func all(_ name: String) -> [Element] {
        let name = name.lowercased()
        return children.filter { $0.name == name }
    }

    /// The text of a child without white space around it; nil where there is none or it is empty.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    /// Never further from zero than any router counts, so that what is reckoned with its numbers cannot overflow.
    func number(_ name: String) -> Int? {
        text(name).flatMap { Int($0) }.map { min(max($0, -Self.largest), Self.largest) }
    }

    private static let largest = 1_000_000_000_000

    var trimmed: String {
        let characters = text.drop { $0.isWhitespace }
        return String(characters.prefix(upTo: characters.lastIndex { !$0.isWhitespace }.map { characters.index(after: $0) } ?? characters.startIndex))
    }
}
