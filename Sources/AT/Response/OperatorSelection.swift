/// The current operator (`+COPS?`, TS 27.007 §7.3).
public struct OperatorSelection: Equatable, Sendable {
    /// 0 automatic, 1 manual, 2 deregistered, 4 manual then automatic.
    public var mode: Int
    /// Cleaned of what some makes leave behind the name; nil when there is no operator.
    public var name: String?
    public var technology: AccessTechnology?

    public init(mode: Int, name: String? = nil, technology: AccessTechnology? = nil) {
        self.mode = mode
        self.name = name
        self.technology = technology
    }

    public init?(line: String) {
        guard let values = Parameters(line, after: "+COPS:"), let mode = values.int(0) else { return nil }
        self.init(mode: mode, name: values.text(2).flatMap(Self.clean), technology: values.int(3).map(AccessTechnology.init))
    }

    /// UCS2 digits decoded; from the first control character or undecodable octet on, and `@` at the end, is junk.
    static func clean(_ raw: String) -> String? {
        let text = UCS2Digits.decode(raw) ?? raw
        var name = text.unicodeScalars.prefix { $0.value >= 0x20 && $0.value != 0xFFFD && $0.value != 0x7F }
        while let last = name.last, last == "@" || last == " " { name.removeLast() }
        return name.isEmpty ? nil : String(String.UnicodeScalarView(name))
    }
}
