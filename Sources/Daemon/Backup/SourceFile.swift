import Glibc

/// A file that is read from its beginning to the size that it had when it was opened.
final class SourceFile {
    /// Octets.
    let size: Int
    /// Seconds since 1970.
    let modified: Int64
    private let descriptor: Int32

    /// Octets read at a time.
    static let piece = 256 * 1024

    /// Nil where it is not there, or is no ordinary file.
    init?(_ path: String) {
        var status = stat()
        // Looked at first: a modem's terminal is not even opened, which can raise its lines, or make it the one whose end ends this process.
        let isOrdinary = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        descriptor = isOrdinary ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        size = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec)
    }

    deinit { close(descriptor) }

    /// Octets of a file, which is not opened for it: whoever closes a file that SQLite has open lets go of SQLite's locks on it (fcntl(2)),
    /// and the next process then takes the log for abandoned.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// At most `piece` octets from where it is read; none at the end.
    func read() throws(BackupError) -> [UInt8] {
        var number: Int32 = 0
        let octets = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
            var got = Glibc.read(descriptor, buffer.baseAddress, Self.piece)
            while got < 0, errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, Self.piece) }
            if got < 0 { number = errno }
            count = max(0, got)
        }
        guard number == 0 else { throw .failed("a file cannot be read: \(String(cString: strerror(number)))") }
        return octets
    }
}
