import Glibc

/// A plain file as it was when it was looked at. Equal values are the same file with the same content, as far as can be seen from outside.
public struct FolderFile: Hashable, Sendable {
    public let name: String
    public let size: Int
    /// The file system's number of it.
    public let node: UInt64
    /// Nanoseconds since 1970.
    public let modified: Int64

    init(name: String, _ status: stat) {
        self.name = name
        size = Int(status.st_size)
        node = UInt64(status.st_ino)
        modified = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(status.st_mtim.tv_nsec)
    }

    /// One word for it, different from that of every other file that had its name before.
    public var mark: String { "\(name)/\(node)/\(modified)/\(size)" }

    /// The name of the file that the word stands for.
    public static func name(in mark: String) -> String { String(mark.prefix { $0 != "/" }) }
}
