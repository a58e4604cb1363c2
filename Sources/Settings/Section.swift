/// A section of the configuration being read. Every key that is not asked for is an error at the end, with its line.
public struct Section: Sendable {
    public let path: String
    public let line: Int
    private let entries: [Node.Entry]
    private var asked: Set<String> = []

    public init(_ node: Node, path: String) throws(SettingsError) {
        guard case .section(let entries) = node.content else {
            throw SettingsError(line: node.line, path: path, reason: "a section with keys expected")
        }
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.name).inserted {
            throw SettingsError(line: entry.value.line, path: path.isEmpty ? entry.name : "\(path).\(entry.name)", reason: "given twice")
        }
        self.path = path
        self.line = node.line
        self.entries = entries
    }

    /// An empty section, for one that is left out.
    public init(emptyAt path: String) {
        self.path = path
        self.line = 0
        self.entries = []
    }

    /// The value of a key that must be there.
    public mutating func require<Value>(_ key: Key<Value>) throws(SettingsError) -> Value {
        guard let value = try optional(key) else {
            throw SettingsError(line: line, path: path(of: key.name), reason: "missing. \(key.doc)")
        }
        return value
    }

    /// The value of a key, nil where it is left out.
    public mutating func optional<Value>(_ key: Key<Value>) throws(SettingsError) -> Value? {
        asked.insert(key.name)
        guard let entry = entries.first(where: { $0.name == key.name }) else { return nil }
        do {
            return try key.decode(entry.value)
        } catch {
            throw SettingsError(line: entry.value.line, path: path(of: key.name), reason: error.text)
        }
    }

    public mutating func value<Value>(_ key: Key<Value>, default fallback: @autoclosure () -> Value) throws(SettingsError) -> Value {
        try optional(key) ?? fallback()
    }

    /// Whether there is such a key, whatever it says. Asking does not count as reading it.
    public func has(_ name: String) -> Bool { entries.contains { $0.name == name } }

    /// A nested section, nil where it is left out.
    public mutating func section(_ name: String) throws(SettingsError) -> Section? {
        asked.insert(name)
        guard let entry = entries.first(where: { $0.name == name }) else { return nil }
        return try Section(entry.value, path: path(of: name))
    }

    /// The sections under names that the writer chose, in the order written: `lines: {home: …, work: …}`.
    public mutating func namedSections(_ name: String) throws(SettingsError) -> [(name: String, section: Section)] {
        guard let group = try section(name) else { return [] }
        var sections: [(name: String, section: Section)] = []
        for entry in group.entries {
            guard entry.name.isPlainName else {
                throw SettingsError(
                    line: entry.value.line, path: group.path(of: entry.name), reason: "names are letters, digits, - and _")
            }
            sections.append((entry.name, try Section(entry.value, path: group.path(of: entry.name))))
        }
        return sections
    }

    /// The values under names that the writer chose, in the order written, with their lines: `headers: {X-Key: …}`.
    public mutating func namedValues(_ name: String) throws(SettingsError) -> [NamedValue] {
        guard let group = try section(name) else { return [] }
        var values: [NamedValue] = []
        for entry in group.entries {
            guard case .scalar(let text) = entry.value.content else {
                throw SettingsError(line: entry.value.line, path: group.path(of: entry.name), reason: "a single value expected")
            }
            values.append(NamedValue(name: entry.name, text: text, line: entry.value.line, path: group.path(of: entry.name)))
        }
        return values
    }

    /// To be called when everything was read: a key nobody asked for is a mistake of its writer.
    public func finish() throws(SettingsError) {
        for entry in entries where !asked.contains(entry.name) {
            let known = asked.sorted().joined(separator: ", ")
            throw SettingsError(line: entry.value.line, path: path(of: entry.name), reason: "unknown key; known here: \(known)")
        }
    }

    /// An error about a key of this section, at its line.
    public func error(_ key: String, _ reason: String) -> SettingsError {
        let line = entries.first { $0.name == key }?.value.line ?? line
        return SettingsError(line: line, path: path(of: key), reason: reason)
    }

    private func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

extension String {
    /// 1 to 40 letters, digits, `-` and `_`.
    var isPlainName: Bool {
        (1...40).contains(utf8.count) && utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
