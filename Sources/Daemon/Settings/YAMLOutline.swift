import Settings
import Yams

/// Where each key of a YAML text stands, and how far what belongs to it reaches. Lines count from 0.
struct YAMLOutline {
    enum Shape {
        /// Keys on lines of their own.
        case section([Entry])
        /// Nothing behind the colon.
        case empty
        /// A section in braces, which is not edited line by line.
        case braces
        /// A single value or a list.
        case value
    }

    struct Entry {
        let name: String
        /// Where its key begins.
        let column: Int
        let lines: Range<Int>
        let shape: Shape
    }

    /// The outermost keys.
    let shape: Shape

    /// Throws `SettingsError` where the text is no YAML.
    init(_ text: String, lines: [String]) throws(SettingsError) {
        let root: Yams.Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingsError(error)
        } catch {
            throw SettingsError(line: 0, path: "", reason: "\(error)")
        }
        shape = root.map { Self.shape(of: $0, end: lines.count, in: lines) } ?? .empty
    }

    private static func shape(of node: Yams.Node, end: Int, in lines: [String]) -> Shape {
        switch node {
        case .mapping(let mapping): isInBraces(node, in: lines) ? .braces : .section(entries(of: mapping, end: end, in: lines))
        case .scalar(let scalar): scalar.string.isEmpty && scalar.style == .plain ? .empty : .value
        default: .value
        }
    }

    /// The library's own word for it is that of the section's end.
    private static func isInBraces(_ node: Yams.Node, in lines: [String]) -> Bool {
        guard let mark = node.mark, lines.indices.contains(mark.line - 1) else { return true }
        return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first == "{"
    }

    private static func entries(of mapping: Yams.Node.Mapping, end: Int, in lines: [String]) -> [Entry] {
        let pairs = mapping.map { ($0.key, $0.value) }
        return pairs.enumerated().compactMap { position, pair in
            guard let name = pair.0.string, let mark = pair.0.mark else { return nil }
            let next = position + 1 < pairs.count ? pairs[position + 1].0.mark.map { $0.line - 1 } : nil
            let column = mark.column - 1
            let range = reach(from: mark.line - 1, to: next ?? end, column: column, in: lines)
            return Entry(name: name, column: column, lines: range, shape: shape(of: pair.1, end: range.upperBound, in: lines))
        }
    }

    /// Blank lines and remarks before the next key are the next key's, but for remarks that are indented as what belongs to this one.
    private static func reach(from start: Int, to limit: Int, column: Int, in lines: [String]) -> Range<Int> {
        var end = min(limit, lines.count)
        while end > start + 1 {
            let line = lines[end - 1].drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            let indent = lines[end - 1].utf8.prefix { $0 == UInt8(ascii: " ") }.count
            guard line.isEmpty || (line.hasPrefix("#") && indent <= column) else { break }
            end -= 1
        }
        return start..<max(end, start + 1)
    }
}
