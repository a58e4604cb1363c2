import Glibc

/// A folder that several programs share. Only plain files in it are looked at: links are not followed, and a name never leaves the folder.
///
/// What is written appears whole or not at all, and is on disk when the call returns.
public struct Folder: Hashable, Sendable {
    /// Without a slash at its end.
    public let path: String

    public init(_ path: String) {
        var path = path[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        self.path = String(path)
    }

    /// Files that are looked at in one round; who fills a folder faster than that waits for the next.
    public static let entryLimit = 10_000

    /// Plain files, sorted by name; hidden ones are still being written by somebody. Where there are more than `entryLimit` they are the first,
    /// and what belongs to the last of these may be missing.
    public func files(where isWanted: (String) -> Bool = { _ in true }) throws(FolderError) -> [FolderFile] {
        var files: [FolderFile] = []
        try forEachFile { file in
            guard isWanted(file.name) else { return }
            files.append(file)
            if files.count == 2 * Self.entryLimit { files = Self.first(of: files) }
        }
        return Self.first(of: files)
    }

    private static func first(of files: [FolderFile]) -> [FolderFile] { Array(files.sorted { $0.name < $1.name }.prefix(entryLimit)) }

    private func forEachFile(_ body: (FolderFile) throws(FolderError) -> Void) throws(FolderError) {
        var entries = DirectoryEntries(of: path)
        guard entries.isReadable else { throw FolderError("cannot be read", path) }
        while let name = entries.next() {
            if !name.hasPrefix("."), let file = file(name) { try body(file) }
        }
    }

    /// Removes what was last written before, however much lies there.
    ///
    /// - Parameter nanoseconds: since 1970.
    public func removeFiles(before nanoseconds: Int64) throws(FolderError) {
        try forEachFile { file throws(FolderError) in
            if file.modified < nanoseconds { try remove(file.name) }
        }
    }

    /// Nil where there is no plain file of that name.
    public func file(_ name: String) -> FolderFile? {
        var status = stat()
        guard let place = place(name), lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return FolderFile(name: name, status)
    }

    /// Whether anything has that name.
    public func has(_ name: String) -> Bool {
        var status = stat()
        return place(name).map { lstat($0, &status) == 0 } ?? false
    }

    /// Throws where there is no plain file of that name, or it holds more than `limit` octets.
    public func read(_ name: String, limit: Int) throws(FolderError) -> [UInt8] {
        let descriptor = try open(name, O_RDONLY | O_NONBLOCK)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw FolderError("is no plain file", "\(path)/\(name)", code: 0) }
        var octets = [UInt8](repeating: 0, count: min(max(0, Int(status.st_size)), limit) + 1)
        var count = 0
        while count < octets.count {
            let read = octets.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
            if read < 0 { throw FolderError("cannot be read", "\(path)/\(name)") }
            if read == 0 { break }
            count += read
        }
        guard count <= limit else { throw FolderError("is larger than \(limit) octets", "\(path)/\(name)", code: EFBIG) }
        return Array(octets.prefix(count))
    }

    /// Writes what nobody looks at yet: the name should be a hidden one. What had it before is gone.
    public func stage(_ name: String, _ octets: [UInt8]) throws(FolderError) {
        let descriptor = try open(name, O_WRONLY | O_CREAT | O_TRUNC, Self.mode)
        defer { close(descriptor) }
        var written = 0
        while written < octets.count {
            let count = octets.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written) }
            guard count > 0 else { throw FolderError("cannot be written", "\(path)/\(name)") }
            written += count
        }
        share(descriptor)
        guard fsync(descriptor) == 0 else { throw FolderError("cannot be written", "\(path)/\(name)") }
    }

    /// Who shares the folder by its group reads and writes the files, and nobody else.
    private static let mode: mode_t = 0o660

    /// The folder's group has it, whatever the process's own group and mask are. Where that is not allowed it stays as it is.
    private func share(_ descriptor: Int32) {
        var status = stat()
        if stat(path, &status) == 0 { _ = fchown(descriptor, uid_t.max, status.st_gid) }
        _ = fchmod(descriptor, Self.mode)
    }

    public func write(_ name: String, _ octets: [UInt8]) throws(FolderError) {
        let hidden = ".\(name)"
        try stage(hidden, octets)
        try move(hidden, to: self, as: name)
    }

    /// What had the new name before is gone. Over the edge of a file system the file is copied first.
    public func move(_ name: String, to other: Folder, as newName: String) throws(FolderError) {
        guard let old = place(name), let new = other.place(newName) else { throw FolderError("is no name of a file", name, code: 0) }
        if rename(old, new) != 0 {
            guard errno == EXDEV else { throw FolderError("cannot be moved", old) }
            try other.write(newName, try read(name, limit: Self.copyLimit))
            try remove(name)
        }
        try other.sync()
        if other != self { try sync() }
    }

    private static let copyLimit = 64 << 20

    /// One that is not there any more is no error.
    public func remove(_ name: String) throws(FolderError) {
        guard let place = place(name) else { return }
        guard unlink(place) == 0 || errno == ENOENT else { throw FolderError("cannot be removed", place) }
    }

    /// Why nothing can be put into it; nil when it can.
    public var trouble: String? {
        access(path, R_OK | W_OK | X_OK) == 0 ? nil : FolderError("cannot be used", path).sentence
    }

    /// Whether a file can be found in it: where it is gone or closed, one that is not found may be there all the same.
    public var isOpen: Bool { access(path, X_OK) == 0 }

    /// Makes it, for its owner alone, where it is missing.
    public func make(mode: mode_t = 0o700) throws(FolderError) {
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FolderError("cannot be made", path) }
    }

    /// What was moved and removed is on disk.
    public func sync() throws(FolderError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FolderError("cannot be read", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FolderError("cannot be written", path) }
    }

    private func open(_ name: String, _ flags: Int32, _ mode: mode_t = 0) throws(FolderError) -> Int32 {
        guard let place = place(name) else { throw FolderError("is no name of a file", name, code: 0) }
        let descriptor = Glibc.open(place, flags | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FolderError("cannot be opened", place) }
        return descriptor
    }

    /// Nil for a name that would lead elsewhere.
    private func place(_ name: String) -> String? {
        let isPlain = (1...255).contains(name.utf8.count) && name != "." && name != ".." && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
        return isPlain ? "\(path)/\(name)" : nil
    }
}
