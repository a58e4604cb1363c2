/// `name`, `name=value` or `name="value"`.
public struct Parameter: Hashable, Sendable, CustomStringConvertible {
    public var name: String
    /// Without quotation marks and escapes; nil for a parameter that is only a name.
    public var value: String?
    /// Whether it is written as a quoted string even where it could do without.
    private let isQuoted: Bool

    public init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
        isQuoted = false
    }

    public init(_ name: String, quoting value: String) {
        self.name = name
        self.value = value
        isQuoted = true
    }

    /// In quotation marks where the value asks for them; a name can never be more than a name.
    public var description: String {
        var text = ""
        append(to: &text)
        return text
    }

    func append(to text: inout String) {
        text += Escaping.escape(name, unless: Grammar.isToken)
        guard let value else { return }
        text += "="
        let isPlain = !isQuoted && !value.isEmpty && value.utf8.allSatisfy(Parameter.isPlain)
        if isPlain { text += value } else { Quoting.appendQuoted(value, to: &text) }
    }

    /// Octets of a value without quotation marks: those of tokens and hosts, and what clients put into URNs and addresses there.
    static func isPlain(_ octet: UInt8) -> Bool {
        Grammar.isToken(octet) || Grammar.isParameter(octet) || octet >= 0x80 || octet == UInt8(ascii: "@")
    }
}
