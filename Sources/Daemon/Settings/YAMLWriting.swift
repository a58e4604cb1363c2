import Settings

/// Writes a value as YAML lines that read back as the same.
enum YAMLWriting {
    /// One entry, indented by so many spaces.
    static func lines(_ name: String, _ node: Node, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        guard case .section(let entries) = node.content else { return ["\(margin)\(scalar(name)): \(inline(node))"] }
        return ["\(margin)\(scalar(name)):"] + entries.flatMap { lines($0.name, $0.value, indent: indent + 2) }
    }

    /// In one line; nil for a section that has lines of its own.
    static func value(_ node: Node) -> String? {
        if case .section = node.content { nil } else { inline(node) }
    }

    private static func inline(_ node: Node) -> String {
        if case .scalar(let text) = node.content { scalar(text) } else { flow(node) }
    }

    private static func flow(_ node: Node) -> String {
        switch node.content {
        // Within brackets a colon would have to be looked at twice.
        case .scalar(let text): text.utf8.contains(UInt8(ascii: ":")) ? quoted(text) : scalar(text)
        case .list(let nodes): "[" + nodes.map(flow).joined(separator: ", ") + "]"
        case .section(let entries): "{" + entries.map { "\(quoted($0.name)): \(flow($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Whether every reader takes it for the text it is, without quotes.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isLetter(first) || isDigit(first) || first == UInt8(ascii: "/") else { return false }
        return last != UInt8(ascii: ":") && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "/_.:@%+-".utf8.contains($0) }
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20) }
    private static func isDigit(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }

    /// In double quotes (YAML 1.2 §7.3.1), what is not printable escaped.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                quoted += scalar.value > 0xFFFF ? "\\U" + padded(digits, to: 8) : "\\u" + padded(digits, to: 4)
            }
        }
        return quoted + "\""
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFDFF: true
        default: false
        }
    }

    private static func padded(_ digits: String, to length: Int) -> String {
        String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
