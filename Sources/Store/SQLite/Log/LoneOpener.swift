import Glibc

/// Says that nobody has a database open, and keeps it so: holds the lock that every opener has a share of (octet 128 of `-shm`; SQLite's unix
/// VFS).
final class LoneOpener {
    private let descriptor: Int32

    /// Nil while somebody has it open.
    init?(_ path: String) {
        descriptor = open("\(path)-shm", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        // One that SQLite finds there it leaves as it is.
        if descriptor >= 0 { Ownership.inherit(descriptor, fromFolderOf: path) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 128
        lock.l_len = 1
        guard descriptor >= 0, fcntl(descriptor, F_SETLK, &lock) == 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
