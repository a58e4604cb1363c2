import HTTPStack
import Settings

/// A JSON document whose strings have placeholders. It is read as JSON before anything is filled in, so its structure stands.
///
/// An element of an array that speaks of a file without a number is there once for each file. A member whose placeholder stands for nothing
/// is left out.
indirect enum JSONPattern: Sendable {
    case fixed(JSON)
    case string(Pattern)
    case array([JSONPattern])
    case object([(name: String, value: JSONPattern)])

    init(_ text: String) throws(Unreadable) {
        let document: JSON
        do {
            document = try JSON(decoding: Array(text.utf8))
        } catch {
            throw Unreadable("\(error)")
        }
        try self.init(document)
    }

    init(_ document: JSON) throws(Unreadable) {
        switch document {
        case .string(let text): self = .string(try Pattern(text))
        case .array(let elements):
            var patterns: [JSONPattern] = []
            for element in elements { patterns.append(try JSONPattern(element)) }
            self = .array(patterns)
        case .object(let members):
            var patterns: [(name: String, value: JSONPattern)] = []
            for member in members { patterns.append((member.name, try JSONPattern(member.value))) }
            self = .object(patterns)
        case .null, .bool, .integer, .number: self = .fixed(document)
        }
    }

    var placeholders: [Placeholder] {
        switch self {
        case .fixed: []
        case .string(let pattern): pattern.placeholders
        case .array(let elements): elements.flatMap(\.placeholders)
        case .object(let members): members.flatMap(\.value.placeholders)
        }
    }

    /// Nil where a placeholder stands for nothing.
    func filled(_ filling: Filling, file: OutgoingFile? = nil) -> JSON? {
        switch self {
        case .fixed(let value): value
        case .string(let pattern): pattern.filled(filling, file: file, escaping: .enclosed).map { .string($0) }
        case .array(let elements):
            .array(
                elements.flatMap { element -> [JSON] in
                    let isRepeated = file == nil && element.placeholders.contains(where: \.isOfEachFile)
                    guard isRepeated else { return element.filled(filling, file: file).map { [$0] } ?? [] }
                    return filling.files.compactMap { element.filled(filling, file: $0) }
                })
        case .object(let members):
            .object(members.compactMap { member in member.value.filled(filling, file: file).map { (name: member.name, value: $0) } })
        }
    }
}
