import HTTPStack
import Settings

/// Where something stands in JSON: `data.payload.media.*.url`. A number is an element counted from 0, `*` is every element or member, and
/// `|` separates places of which the first that is there counts. A name that ends in `#` is that name with 0 to 19 in its place.
struct JSONPath: Hashable, Sendable {
    private let alternatives: [[String]]

    init(_ text: String) throws(Unreadable) {
        let alternatives = text.split(separator: "|", omittingEmptySubsequences: false).map { place in
            place.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        }
        guard alternatives.allSatisfy({ steps in steps.allSatisfy { !$0.isEmpty } }) else {
            throw Unreadable("a name of a field expected, such as from or data.payload.from")
        }
        self.alternatives = alternatives
    }

    /// One name, whatever is in it.
    init(name: String) { alternatives = [[name]] }

    /// Of our own ready templates.
    init(known text: StaticString) {
        alternatives = "\(text)".split(separator: "|").map { $0.split(separator: ".").map(String.init) }
    }

    /// Of a place that is one name and nothing else.
    var name: String? { alternatives.count == 1 && alternatives[0].count == 1 ? alternatives[0][0] : nil }

    /// What stands there as text; nil for nothing, null or a structure.
    func text(in document: JSON) -> String? { texts(in: document).first }

    /// All that stand there.
    func texts(in document: JSON) -> [String] { values(in: document).compactMap(\.plainText) }

    func values(in document: JSON) -> [JSON] {
        for steps in alternatives {
            let found = steps.reduce([document]) { values, step in values.flatMap { Self.go(step, from: $0) } }
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func go(_ step: String, from value: JSON) -> [JSON] {
        switch value {
        case .array(let elements):
            if step == "*" { return elements }
            return Int(step).flatMap { elements.indices.contains($0) ? [elements[$0]] : nil } ?? []
        case .object(let members):
            if step == "*" { return members.map(\.value) }
            if step.hasSuffix("#") { return (0..<20).compactMap { value["\(step.dropLast())\($0)"] } }
            return value[step].map { [$0] } ?? []
        case .null, .bool, .integer, .number, .string: return []
        }
    }
}

extension JSON {
    /// A single value as its text.
    fileprivate var plainText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): number.description
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
