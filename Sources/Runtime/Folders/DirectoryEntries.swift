import Glibc

/// The names in a directory, one after the other, without `.` and `..` (readdir(3)). What cannot be read is empty.
public struct DirectoryEntries: ~Copyable {
    private let stream: OpaquePointer?

    public init(of path: String) {
        stream = opendir(path)
    }

    /// Of a directory that is open, and stays so.
    public init(of descriptor: Int32) {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        stream = own >= 0 ? fdopendir(own) : nil
        if stream == nil, own >= 0 { close(own) }
    }

    deinit {
        if let stream { closedir(stream) }
    }

    /// Whether the directory could be opened.
    public var isReadable: Bool { stream != nil }

    /// Nil at the end. Octets that are no UTF-8 are replaced.
    public mutating func next() -> String? {
        guard let stream else { return nil }
        while let entry = readdir(stream) {
            // An entry is as long as its name, and the last may end where memory does: it is read in its place, never copied as the longer structure.
            let name = String(cString: UnsafeRawPointer(entry).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self))
            if name != ".", name != ".." { return name }
        }
        return nil
    }

    private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!

    /// All of them, in no order.
    public static func all(of path: String) -> [String] {
        var entries = DirectoryEntries(of: path)
        var names: [String] = []
        while let name = entries.next() { names.append(name) }
        return names
    }
}
