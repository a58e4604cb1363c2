/// A contact as phones and address books pass it on: vCard 3.0 (RFC 2426) or 4.0 (RFC 6350); one of 2.1 becomes one of 3.0. Properties that are not known
/// are kept, so that nothing is lost on the way through.
public struct Card: Hashable, Sendable {
    public enum Version: String, Sendable { case three = "3.0", four = "4.0" }

    public let version: Version
    /// Without BEGIN, VERSION and END.
    public private(set) var properties: [CardProperty]

    public init(_ version: Version = .three, properties: [CardProperty]) {
        self.version = version
        self.properties = properties
    }

    /// One of our own making.
    public init(name: String, numbers: [String], uid: String) {
        self.init(properties: [CardProperty("UID", text: uid)])
        set(name: name)
        set(numbers: numbers)
    }

    private func first(_ name: String) -> CardProperty? { properties.first { $0.name == name } }

    /// The name by which it is shown: FN, else what N, ORG, NICKNAME, the first number or address gives.
    public var name: String? {
        let structured = first("N").map { property -> String in
            let parts = CardText.components(property.value)
            return [1, 2, 0].compactMap { parts.indices.contains($0) ? parts[$0] : nil }.filter { !$0.isEmpty }.joined(separator: " ")
        }
        let organisation = first("ORG").map { CardText.components($0.value).filter { !$0.isEmpty }.joined(separator: ", ") }
        return [first("FN")?.text, structured, organisation, first("NICKNAME")?.text, numbers.first, first("EMAIL")?.text].compactMap(\.self)
            .map { $0.split { $0 == "\n" }.joined(separator: " ").trimmed }.first { !$0.isEmpty }
    }

    /// Telephone numbers as written, without the `tel:` of those that are URIs (RFC 6350 §6.4.1).
    public var numbers: [String] { properties.filter { $0.name == "TEL" }.map(Self.number).filter { !$0.isEmpty } }

    private static func number(_ property: CardProperty) -> String {
        let text = property.text.trimmed
        guard text.lowercased().hasPrefix("tel:") else { return text }
        return String(text.dropFirst(4).prefix { $0 != ";" })
    }

    public var uid: String? { first("UID")?.text.trimmed }

    public mutating func set(uid: String) {
        properties.removeAll { $0.name == "UID" }
        properties.insert(CardProperty("UID", text: uid), at: 0)
    }

    /// When it was last changed, as a card says it: `2026-11-21T12:00:00Z`.
    public mutating func set(revision: String) {
        properties.removeAll { $0.name == "REV" }
        properties.append(CardProperty("REV", value: revision))
    }

    /// Another name, and the structured name that 3.0 asks for; nothing where it is the same.
    public mutating func set(name: String) {
        guard name != self.name || first("FN") == nil || first("N") == nil else { return }
        let words = name.split(separator: " ").map(String.init)
        let family = words.count > 1 ? words.last ?? "" : "", given = words.count > 1 ? words.dropLast().joined(separator: " ") : name
        properties.removeAll { $0.name == "FN" || $0.name == "N" }
        properties.append(CardProperty("FN", text: name))
        properties.append(CardProperty("N", value: "\(CardText.escape(family));\(CardText.escape(given));;;"))
    }

    /// Other numbers; those that stay keep what else is said of them.
    public mutating func set(numbers: [String]) {
        properties.removeAll { $0.name == "TEL" && !numbers.contains(Self.number($0)) }
        for number in numbers where !self.numbers.contains(number) {
            properties.append(CardProperty("TEL", parameters: [.init("TYPE", ["CELL"])], value: CardText.escape(number)))
        }
    }
}

extension String {
    var trimmed: String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
