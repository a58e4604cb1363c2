import Settings
import Yams

/// Reads YAML into the neutral tree that sections are read from, with the line of every value.
public enum YAMLDocument {
    /// Values nested deeper than any configuration needs.
    private static let depthLimit = 8

    /// Throws `SettingsError` where it is no YAML, has keys that are no words, or is nested more than eight deep.
    public static func parse(_ text: String) throws(SettingsError) -> Settings.Node {
        let root: Yams.Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingsError(error)
        } catch {
            throw SettingsError(line: 0, path: "", reason: "\(error)")
        }
        guard let root else { return Settings.Node(.section([]), line: 1) }
        return try convert(root, path: "", depth: 0)
    }

    private static func convert(_ node: Yams.Node, path: String, depth: Int) throws(SettingsError) -> Settings.Node {
        let line = node.mark?.line ?? 0
        guard depth < depthLimit else { throw SettingsError(line: line, path: path, reason: "nested too deeply") }
        switch node {
        case .scalar(let scalar):
            // An empty value is a section without keys: `http:` alone on a line.
            return Settings.Node(scalar.string.isEmpty && scalar.style == .plain ? .section([]) : .scalar(scalar.string), line: line)
        case .sequence(let sequence):
            var nodes: [Settings.Node] = []
            for element in sequence { nodes.append(try convert(element, path: path, depth: depth + 1)) }
            return Settings.Node(.list(nodes), line: line)
        case .mapping(let mapping):
            var entries: [Settings.Node.Entry] = []
            for (key, value) in mapping {
                guard let name = key.string else { throw SettingsError(line: line, path: path, reason: "a key must be a plain word") }
                let inner = path.isEmpty ? name : "\(path).\(name)"
                entries.append(Settings.Node.Entry(name: name, value: try convert(value, path: inner, depth: depth + 1)))
            }
            return Settings.Node(.section(entries), line: line)
        case .alias:
            throw SettingsError(line: line, path: path, reason: "YAML aliases are not used here")
        }
    }
}

extension SettingsError {
    init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(line: mark.line, path: "", reason: "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, _):
            self.init(line: 0, path: keys.map { "\($0)" }.joined(separator: ", "), reason: "given twice")
        default:
            self.init(line: 0, path: "", reason: "not valid YAML: \(error)")
        }
    }
}
