import Foundation
import Glibc
import Settings

/// The configuration of a house that is restored on another machine: as it was written, with the files that it names where they are now.
struct MovedConfiguration {
    private let text: String
    private let root: Node

    /// Nil where the text is no configuration of ours.
    init?(_ text: String) {
        guard let root = try? YAMLDocument.parse(text), root["lines"] != nil || root["http"] != nil || root["country"] != nil else { return nil }
        self.text = text
        self.root = root
    }

    /// - Parameters:
    ///   - state: the state directory that it is to have.
    ///   - files: where that directory's files are at this moment.
    func moved(to state: String, filesIn files: String) throws(SettingsError) -> String {
        let state = BackupContents.absolute(state), files = BackupContents.absolute(files)
        let before = BackupContents.absolute(root["state"]?.text ?? "/var/lib/homeline")
        var text = ConfigurationText(text)
        for (path, node) in Self.leaves(of: root, at: []) where path != ["state"] {
            let moved = Self.mapped(node) { name in Self.place(of: name, before: before, files: files) }
            guard moved.meaning != node.meaning else { continue }
            do {
                try text.apply(.set(path, moved))
            } catch {
                // What stands in one line is written anew as a whole.
                try Self.replaceSection(around: path, with: moved, in: &text, error)
            }
        }
        if before != state { try text.apply(.set(["state"], Node(state))) }
        return text.text
    }

    /// Where a file is that was named in the old house; nil where it stays. One that this machine has is used: a certificate here is fresher.
    private static func place(of name: String, before: String, files: String) -> String? {
        guard name.hasPrefix("/"), !name.contains("\n") else { return nil }
        let name = BackupContents.absolute(name)
        if name.hasPrefix(before + "/") { return before == files ? nil : files + name.dropFirst(before.count) }
        guard access(name, F_OK) != 0 else { return nil }
        let kept = files + "/configuration" + name
        return access(kept, F_OK) == 0 ? kept : nil
    }

    /// Throws the error of before where no section above can be written.
    private static func replaceSection(around path: [String], with value: Node, in text: inout ConfigurationText, _ error: SettingsError) throws(SettingsError) {
        let changed = try YAMLDocument.parse(text.text).applying(.set(path, value))
        for length in stride(from: path.count - 1, to: 0, by: -1) {
            let above = Array(path.prefix(length))
            if let section = changed[above], (try? text.apply(.set(above, section))) != nil { return }
        }
        throw error
    }

    /// Values and lists, with their paths.
    private static func leaves(of node: Node, at path: [String]) -> [([String], Node)] {
        guard case .section(let entries) = node.content else { return [(path, node)] }
        return entries.flatMap { leaves(of: $0.value, at: path + [$0.name]) }
    }

    private static func mapped(_ node: Node, _ move: (String) -> String?) -> Node {
        switch node.content {
        case .scalar(let text): move(text).map { Node($0) } ?? node
        case .list(let nodes): Node(.list(nodes.map { mapped($0, move) }), line: node.line)
        case .section(let entries): Node(.section(entries.map { .init(name: $0.name, value: mapped($0.value, move)) }), line: node.line)
        }
    }
}
