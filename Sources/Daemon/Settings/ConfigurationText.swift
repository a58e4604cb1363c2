import Settings

/// The text of a configuration, changed in place: what is not changed stays as its writer left it, remarks included.
public struct ConfigurationText: Hashable, Sendable {
    public private(set) var text: String

    public init(_ text: String) { self.text = text }

    /// Makes the change and proves that nothing else means anything other than before. Throws `SettingsError`, and leaves the text as it was, where
    /// the text is no YAML, or is written in a way that cannot be changed line by line.
    public mutating func apply(_ change: ConfigurationChange) throws(SettingsError) {
        let before = try YAMLDocument.parse(text)
        var lines = Lines(text)
        switch change {
        case .set(let path, let value): try lines.set(path, value)
        case .remove(let path): try lines.remove(path)
        }
        let after = lines.text
        guard try YAMLDocument.parse(after).meaning == before.applying(change).meaning else { throw change.refusal("is written in a way that cannot be changed here") }
        text = after
    }
}

/// The text line by line. Only ends by LF count, and a CR before one is part of its line, so that every octet comes back.
private struct Lines {
    private(set) var lines: [String]
    private let end: String

    init(_ text: String) {
        lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        end = lines.first.map { $0.utf8.last == UInt8(ascii: "\r") } == true ? "\r" : ""
    }

    var text: String { lines.joined(separator: "\n") }

    private func outline() throws(SettingsError) -> YAMLOutline { try YAMLOutline(text, lines: lines) }

    /// The entry at a path, or the deepest one above it, with what remains of the path.
    private func find(_ path: [String]) throws(SettingsError) -> (entry: YAMLOutline.Entry?, shape: YAMLOutline.Shape, rest: ArraySlice<String>) {
        var shape = try outline().shape, entry: YAMLOutline.Entry?
        var rest = path[...]
        while let name = rest.first, case .section(let entries) = shape, let next = entries.first(where: { $0.name == name }) {
            (entry, shape, rest) = (next, next.shape, rest.dropFirst())
        }
        return (entry, shape, rest)
    }

    mutating func set(_ path: [String], _ value: Node) throws(SettingsError) {
        let found = try find(path)
        if found.rest.isEmpty, let entry = found.entry { return try replace(entry, at: path, with: value) }
        guard let name = found.rest.first else { throw SettingsError(line: 0, path: "", reason: "a key expected") }
        let inner = found.rest.dropFirst().reversed().reduce(value) { Node(.section([.init(name: $1, value: $0)]), line: 0) }
        switch found.shape {
        case .section(let entries):
            insert(YAMLWriting.lines(name, inner, indent: entries.first?.column ?? 0), into: found.entry)
        case .empty:
            insert(YAMLWriting.lines(name, inner, indent: found.entry.map { $0.column + 2 } ?? 0), into: found.entry)
        case .braces, .value: throw ConfigurationChange.set(path, value).refusal("cannot be put there: what stands above it is written in one line")
        }
    }

    /// At the end of a section; nil for the whole text, whose sections stand apart from each other.
    private mutating func insert(_ new: [String], into section: YAMLOutline.Entry?) {
        var new = new.map { $0 + end }
        var place = section?.lines.upperBound ?? lines.count
        if section == nil {
            while place > 0, lines[place - 1].allSatisfy({ $0 == " " || $0 == "\r" }) { place -= 1 }
            if place > 0, new.count > 1 { new.insert(end, at: 0) }
        }
        if place == lines.count { new.append("") }
        lines.insert(contentsOf: new, at: place)
    }

    private mutating func replace(_ entry: YAMLOutline.Entry, at path: [String], with value: Node) throws(SettingsError) {
        if case .section(let old) = entry.shape, case .section(let new) = value.content, !new.isEmpty {
            for gone in old where !new.contains(where: { $0.name == gone.name }) { try remove(path + [gone.name]) }
            for entry in new { try set(path + [entry.name], entry.value) }
            return
        }
        guard let name = path.last else { return }
        var new = YAMLWriting.lines(name, value, indent: entry.column).map { $0 + end }
        if let remark = Self.remark(of: lines[entry.lines.lowerBound], after: entry.column), let first = new.first {
            new[0] = first.dropLast(end.count) + remark
        }
        lines.replaceSubrange(entry.lines, with: new)
    }

    mutating func remove(_ path: [String]) throws(SettingsError) {
        let found = try find(path)
        guard let entry = found.entry, found.rest.isEmpty else {
            if case .braces = found.shape { throw ConfigurationChange.remove(path).refusal("cannot be taken away: what stands above it is written in one line") }
            return
        }
        lines.removeSubrange(entry.lines)
    }

    /// A remark behind a value, with the space before it.
    private static func remark(of line: String, after column: Int) -> String? {
        let scalars = Array(line.unicodeScalars)
        var quote: Unicode.Scalar?
        var position = column
        while position < scalars.count {
            let scalar = scalars[position]
            if let open = quote {
                if open == "\"", scalar == "\\" { position += 1 } else if scalar == open { quote = nil }
            } else if scalar == "#", position > 0, scalars[position - 1] == " " {
                let start = scalars[..<position].lastIndex { $0 != " " }.map { $0 + 1 } ?? position
                return String(String.UnicodeScalarView(scalars[start...]))
            } else if scalar == "\"" || scalar == "'", position > 0, " [,{".unicodeScalars.contains(scalars[position - 1]) {
                quote = scalar
            }
            position += 1
        }
        return nil
    }
}

extension ConfigurationChange {
    fileprivate func refusal(_ reason: String) -> SettingsError {
        switch self {
        case .set(let path, _), .remove(let path): SettingsError(line: 0, path: path.joined(separator: "."), reason: "\(reason); change it in the file")
        }
    }
}
