import Glibc

/// A file that is being made: under a name of its own until all of it is on the disk. Gone again where it is not kept.
final class BackupFile {
    private let path: String
    private let draft: String
    private var descriptor: Int32
    private(set) var octets = 0

    /// Behind the name of a file that is being made.
    static let unfinished = ".part"

    init(_ path: String) throws(BackupError) {
        self.path = path
        draft = path + Self.unfinished
        unlink(draft)
        descriptor = open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .failed("\(draft) cannot be made: \(String(cString: strerror(errno)))") }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(draft)
    }

    func write(_ octets: [UInt8]) throws(BackupError) {
        var start = 0
        while start < octets.count {
            let count = octets.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, octets.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw errno == ENOSPC || errno == EDQUOT ? .noRoom("\(path) cannot be written to its end") : .failed("\(path): \(String(cString: strerror(errno)))")
            }
            start += count
        }
        self.octets += octets.count
    }

    /// Gives it its name, when it is durable.
    func keep() throws(BackupError) {
        guard fsync(descriptor) == 0 else { throw .failed("\(path): \(String(cString: strerror(errno)))") }
        close(descriptor)
        descriptor = -1
        guard rename(draft, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(draft)
            throw .failed("\(path) cannot be given its name: \(reason)")
        }
        Self.sync(folderOf: path)
    }

    /// Makes the names in a folder durable.
    static func sync(folderOf path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
