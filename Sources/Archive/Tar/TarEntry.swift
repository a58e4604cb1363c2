/// A file of an archive: its name and size (POSIX.1-2017, pax, ustar Interchange Format).
public struct TarEntry: Hashable, Sendable {
    /// Components separated by `/`; relative, and without `.` and `..`.
    public let name: String
    /// Octets.
    public let size: Int
    /// Seconds since 1970.
    public let modified: Int64

    /// Nil where an archive cannot hold the name, or nobody should make a file of it.
    public init?(name: String, size: Int, modified: Int64) {
        guard size >= 0, Self.isHarmless(name), TarHeader.split(name) != nil else { return nil }
        self.name = name
        self.size = size
        self.modified = modified
    }

    /// Octets of filling behind its content.
    var filling: Int { (TarHeader.block - size % TarHeader.block) % TarHeader.block }

    private static func isHarmless(_ name: String) -> Bool {
        let components = name.split(separator: "/", omittingEmptySubsequences: false)
        return !components.contains { $0.isEmpty || $0 == "." || $0 == ".." } && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}

/// Why an archive cannot be read.
public enum TarError: Error, Hashable, Sendable {
    /// The checksum of a header is wrong.
    case damaged(offset: Int)
    /// What is in it we have no use for: a link, a device, a name that leads elsewhere.
    case refused(String)
    case truncated
}

extension TarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .damaged(let offset): "The archive is damaged at octet \(offset)"
        case .refused(let what): "The archive holds \(what)"
        case .truncated: "The archive is cut off"
        }
    }
}
