import Archive
import Foundation
import Settings

/// What is in a backup besides the ledger and the files of messages: keys and notes of the state directory, the configuration, and the files
/// that it names.
struct BackupContents {
    struct Item: Hashable {
        /// Its name in the archive.
        let name: String
        let path: String
    }

    let items: [Item]
    /// What could not be taken, a sentence each.
    let omissions: [String]

    /// Where things are in the archive.
    static let ledger = "state/ledger.sqlite", media = "state/media/", state = "state/", configuration = "configuration/"

    /// What is made anew, or belongs to a process.
    private static let passing: Set<String> = ["media", "lock", "control.sock", "backup", "backup.json"]
    private static let passingBeginnings = ["ledger.sqlite", "restor", "replaced-"]
    /// Octets of a file that a configuration names; what is larger is none of its secrets.
    private static let namedLimit = 1 << 20

    /// - Parameters:
    ///   - configuration: the path of the configuration file; nil where there is none.
    ///   - spared: a folder that is left out: where backups are.
    init(state: StateDirectory, configuration: String?, spared: String?) {
        var items: [Item] = [], omissions: [String] = []
        func take(_ name: String, _ path: String) {
            guard TarEntry(name: name, size: 0, modified: 0) != nil else {
                omissions.append("\(path) has a name that is too long for an archive.")
                return
            }
            items.append(Item(name: name, path: path))
        }
        for name in Self.names(in: state.path) where !Self.isPassing(name) {
            for (inner, path) in Self.files(at: "\(state.path)/\(name)", name, sparing: spared) { take(Self.state + inner, path) }
        }
        if let configuration {
            let path = Self.absolute(configuration)
            for file in [path] + Self.filesNamed(in: path).subtracting([path]).sorted() where !file.hasPrefix(Self.absolute(state.path) + "/") {
                take(Self.configuration + file.dropFirst(), file)
            }
        }
        self.items = items
        self.omissions = omissions
    }

    private static func isPassing(_ name: String) -> Bool { passing.contains(name) || passingBeginnings.contains { name.hasPrefix($0) } }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Ordinary files under a path, with their names; links are not followed.
    private static func files(at path: String, _ name: String, sparing spared: String?) -> [(String, String)] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        switch attributes?[.type] as? FileAttributeType {
        // Backups are not made of backups, each larger than all before it.
        case .typeRegular: return path.hasSuffix(BackupFile.unfinished) || path.hasSuffix(BackupFolder.ending) ? [] : [(name, path)]
        case .typeDirectory where spared.map({ absolute($0) == absolute(path) }) != true:
            return names(in: path).flatMap { files(at: "\(path)/\($0)", "\(name)/\($0)", sparing: spared) }
        default: return []
        }
    }

    /// Every value of the configuration that is the path of a small file: certificates, keys, passwords.
    private static func filesNamed(in configuration: String) -> Set<String> {
        guard let text = try? String(contentsOfFile: configuration, encoding: .utf8), let root = try? YAMLDocument.parse(text) else { return [] }
        return Set(scalars(of: root).filter { $0.hasPrefix("/") && !$0.contains("\n") }.map(absolute).filter(isSmallFile))
    }

    private static func scalars(of node: Node) -> [String] {
        switch node.content {
        case .scalar(let text): [text]
        case .list(let nodes): nodes.flatMap(scalars)
        case .section(let entries): entries.flatMap { scalars(of: $0.value) }
        }
    }

    private static func isSmallFile(_ path: String) -> Bool { SourceFile(path).map { $0.size <= namedLimit } ?? false }

    static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path(percentEncoded: false).trimmingSlash }
}

extension String {
    var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
