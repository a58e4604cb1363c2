import Glibc

/// The lock file that older programs respect, `/var/lock/LCK..ttyUSB0` with the owner's process number (FHS §5.9.3).
struct SerialLockFile: ~Copyable {
    private let path: String

    /// Nil where the directory does not allow one; throws `taken` when another process holds the line.
    static func acquire(for place: SerialPlace, directory: String) throws(SerialError) -> SerialLockFile? {
        guard case .device(let device) = place, let name = resolved(device).split(separator: "/").last else { return nil }
        let path = "\(directory)/LCK..\(name)"
        if let owner = owner(of: path), owner != getpid(), holds(RunningProcess(number: owner), device, by: path) {
            throw .taken(place, by: "process \(owner) (\(path))")
        }
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let digits = String(getpid())
        let line = Array((String(repeating: " ", count: max(0, 10 - digits.utf8.count)) + digits + "\n").utf8)
        _ = write(descriptor, line, line.count)
        return SerialLockFile(path: path)
    }

    deinit {
        unlink(path)
    }

    /// A lock outlives a process that was killed, and its number goes to another: one that started after the lock was written, and has not the device open, is not its owner.
    private static func holds(_ process: RunningProcess, _ device: String, by path: String) -> Bool {
        guard process.isAlive else { return false }
        var lock = stat()
        guard stat(path, &lock) == 0, let started = process.started else { return true }
        let isOlder = started < Double(lock.st_mtim.tv_sec) + clockTolerance
        return isOlder || process.hasOpen(device: device) == true
    }

    /// Seconds by which the clocks behind a start and a file's time may differ.
    private static let clockTolerance = 2.0

    private static func owner(of path: String) -> pid_t? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &octets, octets.count)
        guard count > 0 else { return nil }
        let digits = octets[..<count].filter { (0x30...0x39).contains($0) }
        return pid_t(String(decoding: digits, as: UTF8.self))
    }

    /// The device behind `/dev/serial/by-id/…`.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
