import Archive
import Foundation

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

    /// - Parameters:
    ///   - configuration: the path of the configuration file; nil where there is none.
    ///   - spared: a folder that is left out: where backups are.
    init(state: StateDirectory, configuration: String?, spared: String?) {
        var items: [Item] = [], omissions: [String] = []
        func take(_ name: String, _ path: String) {
            guard TarEntry(name: name, size: 0, modified: 0) != nil else {
                omissions.append(Self.omission(path, "its name is too long for an archive"))
                return
            }
            items.append(Item(name: name, path: path))
        }
        for name in Self.names(in: state.path) where !Self.isPassing(name) {
            for (inner, path) in Self.files(at: "\(state.path)/\(name)", name, sparing: spared) { take(Self.state + inner, path) }
        }
        if let configuration {
            let path = Self.absolute(configuration)
            let named = NamedFiles(in: path, besides: state.path)
            for file in [path] + named.taken.subtracting([path]).sorted() where !file.hasPrefix(Self.absolute(state.path) + "/") {
                take(Self.configuration + file.dropFirst(), file)
            }
            omissions += named.omissions
        }
        self.items = items
        self.omissions = omissions
    }

    /// A sentence about a file that is left out.
    static func omission(_ path: String, _ reason: String) -> String { "\(path) is not in it: \(reason)." }

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

    static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path(percentEncoded: false).trimmingSlash }
}

extension String {
    var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
