/// One change of a configuration, whatever it is written in. A path names a section or a value: `["lines", "home", "pin"]`.
public enum ConfigurationChange: Hashable, Sendable {
    /// Puts a value or a whole section there; the sections above it are made where they are missing.
    case set([String], Node)
    /// Takes a value or a section away; nothing where there is none.
    case remove([String])
}

extension Node {
    /// The value at a path; nil where there is none.
    public subscript(path: String...) -> Node? { self[path] }

    public subscript(path: [String]) -> Node? {
        guard let name = path.first else { return self }
        return entries.first { $0.name == name }?.value[Array(path.dropFirst())]
    }

    /// The text of a single value; nil for a list or a section.
    public var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// What a section holds, in the order written; empty for anything else.
    public var entries: [Entry] {
        if case .section(let entries) = content { entries } else { [] }
    }

    /// With the change made.
    public func applying(_ change: ConfigurationChange) -> Node {
        switch change {
        case .set(let path, let value): setting(path[...], value)
        case .remove(let path): removing(path[...])
        }
    }

    private func setting(_ path: ArraySlice<String>, _ value: Node) -> Node {
        guard let name = path.first else { return value }
        let rest = path.dropFirst()
        var entries = entries
        if let place = entries.firstIndex(where: { $0.name == name }) {
            entries[place] = Entry(name: name, value: entries[place].value.setting(rest, value))
        } else {
            entries.append(Entry(name: name, value: Node(.section([]), line: 0).setting(rest, value)))
        }
        return Node(.section(entries), line: line)
    }

    private func removing(_ path: ArraySlice<String>) -> Node {
        guard let name = path.first, case .section(var entries) = content, let place = entries.firstIndex(where: { $0.name == name }) else { return self }
        if path.count == 1 {
            entries.remove(at: place)
        } else {
            entries[place] = Entry(name: name, value: entries[place].value.removing(path.dropFirst()))
        }
        return Node(.section(entries), line: line)
    }

    /// What it says, without where: equal for two texts that mean the same.
    public var meaning: Node {
        switch content {
        case .scalar: Node(content, line: 0)
        case .list(let nodes): Node(.list(nodes.map(\.meaning)), line: 0)
        case .section(let entries):
            Node(.section(entries.map { Entry(name: $0.name, value: $0.value.meaning) }.sorted { $0.name < $1.name }), line: 0)
        }
    }
}

extension Node: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self.init(value) }
    public init(arrayLiteral elements: Node...) { self.init(.list(elements), line: 0) }
    public init(dictionaryLiteral elements: (String, Node)...) {
        self.init(.section(elements.map { Entry(name: $0.0, value: $0.1) }), line: 0)
    }

    /// A single value that was not read from a file.
    public init(_ text: String) { self.init(.scalar(text), line: 0) }
}
