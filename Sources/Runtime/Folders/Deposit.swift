/// Puts files where another program takes them away, each exactly once however often it is asked to and whenever it dies.
///
/// A note says under which names they go. It is written when they lie in the folder under hidden names, and before they get their own;
/// so where there is a note, what still has its hidden name is to be moved, and everything else was.
public struct Deposit: Sendable {
    public let folder: Folder
    private let notes: Folder

    /// - Parameter notes: for this alone; made where it is missing.
    public init(into folder: Folder, notes: Folder) {
        self.folder = folder
        self.notes = notes
    }

    /// Why nothing can be put; nil when it can.
    public var trouble: String? { folder.trouble ?? notes.trouble }

    /// The names under which they lie or lay there, nil before they did; makes good what was cut off.
    ///
    /// - Parameter key: letters, digits and hyphens.
    public func names(of key: String) throws(FolderError) -> [String]? {
        guard notes.has(key) else { return nil }
        let names = String(decoding: try notes.read(key, limit: Self.noteLimit), as: UTF8.self).split(separator: "\n").map(String.init)
        for (index, name) in names.enumerated() where folder.has(hidden(key, index)) {
            try folder.move(hidden(key, index), to: folder, as: name)
        }
        return names
    }

    public func put(_ files: [(name: String, octets: [UInt8])], as key: String) throws(FolderError) {
        guard try names(of: key) == nil else { return }
        for (index, file) in files.enumerated() { try folder.stage(hidden(key, index), file.octets) }
        try folder.sync()
        try notes.write(key, Array(files.map(\.name).joined(separator: "\n").utf8))
        _ = try names(of: key)
    }

    /// Under this key something new may be put from now on.
    public func forget(_ key: String) throws(FolderError) {
        try notes.remove(key)
        try notes.sync()
    }

    /// Forgets what was noted before.
    ///
    /// - Parameter nanoseconds: since 1970.
    public func forget(before nanoseconds: Int64) throws(FolderError) {
        try notes.removeFiles(before: nanoseconds)
    }

    private static let noteLimit = 64 << 10

    private func hidden(_ key: String, _ index: Int) -> String { ".homeline-\(key)-\(index)" }
}
