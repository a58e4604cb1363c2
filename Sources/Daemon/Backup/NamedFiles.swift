import Foundation
import Glibc
import Settings

/// The small files that a configuration names: certificates, keys, passwords. Each is taken into a backup, or it is said why not.
struct NamedFiles {
    /// By their paths from `/`.
    private(set) var taken: Set<String> = []
    /// What is left out, a sentence each.
    private(set) var omissions: [String] = []

    /// Octets of a file; what is larger is none of a configuration's secrets.
    private static let limit = 1 << 20

    /// - Parameter state: the state directory; what lies in it is not looked at.
    init(in configuration: String, besides state: String) {
        guard let text = try? String(contentsOfFile: configuration, encoding: .utf8), let root = try? YAMLDocument.parse(text) else { return }
        for (key, value) in Self.scalars(of: root, at: "") where !value.isEmpty && !value.contains("\n") {
            guard !BackupContents.absolute(value).hasPrefix(BackupContents.absolute(state) + "/") else { continue }
            if value.hasPrefix("/") { look(at: BackupContents.absolute(value)) } else { refuse(relative: value, of: key) }
        }
    }

    /// Values, each with the key that it stands under.
    private static func scalars(of node: Node, at key: String) -> [(key: String, value: String)] {
        switch node.content {
        case .scalar(let text): [(key, text)]
        case .list(let nodes): nodes.flatMap { scalars(of: $0, at: key) }
        case .section(let entries): entries.flatMap { scalars(of: $0.value, at: $0.name) }
        }
    }

    private mutating func look(at path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            // The path of a web page looks like that of a file, too.
            if errno != ENOENT, errno != ENOTDIR, errno != ENAMETOOLONG { omit(path, "it cannot be read") }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return }
        guard status.st_size <= Self.limit else { return omit(path, "it is larger than 1 MiB") }
        guard SourceFile(path) != nil else { return omit(path, "it cannot be read") }
        taken.insert(path)
    }

    /// Where it is depends on where a program was started: what lies there now need not be what the daemon reads.
    private mutating func refuse(relative value: String, of key: String) {
        var status = stat()
        let isFile = stat(value, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        let isPath = value.contains { $0 == "/" || $0 == "." }
        if key.hasSuffix("-file") || (isFile && isPath) { omit(value, "its path does not begin with /") }
    }

    private mutating func omit(_ path: String, _ reason: String) {
        let sentence = BackupContents.omission(path, reason)
        if !omissions.contains(sentence) { omissions.append(sentence) }
    }
}
