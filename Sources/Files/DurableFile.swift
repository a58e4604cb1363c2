import Glibc

/// Small files that outlive a power cut: the old one is there whole or the new one is, and the new one where it was said to be kept. They are
/// their owner's alone.
public enum DurableFile {
    /// Makes durable what a descriptor stands for: `fsync`, but in tests of what is made durable when.
    typealias Syncing = (Int32) -> Int32

    /// Puts octets in the place of whatever is there. False where that did not work, with its reason in `errno`.
    public static func put(_ octets: [UInt8], at path: String) -> Bool { put(octets, at: path, syncing: { fsync($0) }) }

    /// Makes the names in a folder durable: a file's name is when its folder is.
    public static func settle(_ folder: String) -> Bool { settle(folder, syncing: { fsync($0) }) }

    /// Makes a folder where there is none, with its name in the one above it.
    public static func makeFolder(_ path: String) -> Bool { makeFolder(path, syncing: { fsync($0) }) }

    static func put(_ octets: [UInt8], at path: String, syncing: Syncing) -> Bool {
        let draft = path + ".new"
        guard write(octets, to: draft, syncing), rename(draft, path) == 0 else {
            let number = errno
            unlink(draft)
            errno = number
            return false
        }
        return settle(folder(of: path), syncing: syncing)
    }

    static func settle(_ folder: String, syncing: Syncing) -> Bool {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Some file systems know nothing of syncing a folder (fsync(2)).
        return syncing(descriptor) == 0 || errno == EINVAL
    }

    static func makeFolder(_ path: String, syncing: Syncing) -> Bool {
        guard mkdir(path, 0o700) == 0 else { return errno == EEXIST }
        return settle(folder(of: path), syncing: syncing)
    }

    private static func write(_ octets: [UInt8], to path: String, _ syncing: Syncing) -> Bool {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return syncing(descriptor) == 0
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
