import Wire

/// The little of XML that bodies of messages use (IMDN, isComposing, file transfer): elements, attributes, text.
///
/// No DOCTYPE and hence no entities but the five; depth, size and number are bounded; UTF-8 only. Prefixes are dropped: who reads knows
/// which names it wants.
public enum XML {
    public struct Element: Hashable, Sendable {
        /// Without its prefix.
        public var name: String
        /// Names without prefix; namespace declarations are left out.
        public var attributes: [String: String]
        public var children: [Element]
        /// All text directly in the element, space around it left out.
        public var text: String

        public init(_ name: String, attributes: [String: String] = [:], children: [Element] = [], text: String = "") {
            self.name = name
            self.attributes = attributes
            self.children = children
            self.text = text
        }

        /// The first child of the name.
        public func child(_ name: String) -> Element? { children.first { $0.name == name } }
    }

    /// What a document may make us hold.
    public struct Limits: Hashable, Sendable {
        public var octets = 65_536
        public var depth = 32
        public var elements = 2_000
        /// Of one element.
        public var attributes = 64

        public init() {}
    }

    /// The root element of a document. Throws where it is not well-formed, not closed, or over the limits.
    public static func decode(_ octets: [UInt8], limits: Limits = Limits()) throws(DecodeError) -> Element {
        guard octets.count <= limits.octets else { throw DecodeError("xml", at: 0, .tooLong(limit: limits.octets)) }
        var reader = XMLReader(octets, limits: limits)
        return try reader.document()
    }

    /// Text as it may stand in an element or attribute. What XML cannot hold becomes a space.
    public static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&apos;"
            case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
            case _ where isAllowed(scalar): out.unicodeScalars.append(scalar)
            default: out += " "
            }
        }
        return out
    }

    /// Whether this may be an element's name: of the letters, digits and signs of ASCII, not beginning with a digit.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 256 else { return false }
        return !Grammar.isDigit(first) && text.utf8.allSatisfy(Grammar.isHost)
    }

    /// Characters of XML 1.0 §2.2.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
}
