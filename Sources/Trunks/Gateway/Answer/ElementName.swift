import Settings

/// The text of the first XML element of a name, whatever its prefix. Only what such an answer needs is read: there are no entities but the
/// five of XML itself and numbers, no document types, no includes, and nothing is resolved.
struct ElementName: Hashable, Sendable {
    private let name: String

    init(_ name: String) throws(Unreadable) {
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else { throw Unreadable("the name of an XML element expected") }
        self.name = name
    }

    func text(in document: String) -> String? {
        guard !document.contains("<!DOCTYPE") else { return nil }
        var rest = document.unicodeScalars[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...].dropFirst()
            guard let end = rest.firstIndex(of: ">") else { return nil }
            let tag = rest[..<end]
            rest = rest[end...].dropFirst()
            let written = String(tag.prefix { !$0.properties.isWhitespace && $0 != "/" })
            guard written.split(separator: ":").last.map({ $0 == name }) ?? false, tag.last != "/", tag.first != "/" else { continue }
            return rest.firstIndex(of: "<").flatMap { Self.plain(rest[..<$0]) }
        }
        return nil
    }

    private static func plain(_ text: Substring.UnicodeScalarView) -> String? {
        var plain = String.UnicodeScalarView()
        var rest = text
        while let character = rest.popFirst() {
            guard character == "&" else {
                plain.append(character)
                continue
            }
            guard let end = rest.firstIndex(of: ";"), let scalar = scalar(String(rest[..<end])) else { return nil }
            plain.append(scalar)
            rest = rest[end...].dropFirst()
        }
        return String(plain)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where entity.hasPrefix("#x"): UInt32(entity.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where entity.hasPrefix("#"): UInt32(entity.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
