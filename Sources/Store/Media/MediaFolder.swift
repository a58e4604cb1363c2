import Exchange
import Foundation
import Synchronization
import Telephony

/// Where what lies. A file's name is made of its digest and nothing else; all of it is its owner's alone.
final class MediaFolder: Sendable {
    let root: String
    /// Folders of originals whose own names are on the disk.
    private let durable = Mutex<Set<String>>([])
    private let naming = Mutex<Void>(())
    private let syncing: Syncing

    /// Makes durable what a descriptor stands for: `fsync`, but in tests of disks that fail.
    typealias Syncing = @Sendable (Int32) -> Int32

    init(_ root: String, syncing: @escaping Syncing = { fsync($0) }) throws(MediaError) {
        self.root = root
        self.syncing = syncing
        for folder in [root, incoming, damaged, renditions, work] { try Self.make(folder) }
        try syncNames(in: root)
        for name in Self.names(in: incoming) { Self.removeUnheld("\(incoming)/\(name)") }
    }

    /// Removes a file that a dead process was writing. One that is being written, by a daemon beside which this process looks around, is
    /// held by whoever writes.
    private static func removeUnheld(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }

    var incoming: String { root + "/incoming" }
    var damaged: String { root + "/damaged" }
    var renditions: String { root + "/renditions" }
    /// For programs that convert: on the same disk, so that what they make can be moved.
    var work: String { root + "/work" }

    func path(of digest: String) -> String { "\(shard(of: digest))/\(digest.dropFirst(2))" }
    func damaged(_ digest: String) -> String { "\(damaged)/\(digest)" }
    func shard(of digest: String) -> String { "\(root)/\(digest.prefix(2))" }
    func draft() -> String { "\(incoming)/\(UUID().uuidString)" }

    /// Makes the folder of these originals, and its name durable, once.
    func makeShard(of digest: String) throws(MediaError) {
        let shard = shard(of: digest)
        if durable.withLock({ $0.contains(shard) }) { return }
        try Self.make(shard)
        try syncNames(in: root)
        _ = durable.withLock { $0.insert(shard) }
    }

    /// Gives a file the name of its digest; whether none had it before. What was there is replaced by the same octets, which mends a
    /// damaged file.
    func name(_ path: String, _ digest: String) throws(MediaError) -> Bool {
        let target = self.path(of: digest)
        let (isNew, number): (Bool, Int32) = naming.withLock { _ in
            let isNew = Self.status(of: target) == nil
            return (isNew, rename(path, target) == 0 ? 0 : errno)
        }
        guard number == 0 else { throw MediaError(number, "a file cannot be given its name") }
        try syncNames(in: shard(of: digest))
        return isNew
    }

    /// Digests of all originals.
    func digests() -> [String] {
        let shards = Self.names(in: root).filter { $0.utf8.count == 2 }
        return shards.flatMap { shard in Self.names(in: "\(root)/\(shard)").map { shard + $0 }.filter { $0.utf8.count == 64 } }
    }

    static func make(_ folder: String) throws(MediaError) {
        if mkdir(folder, 0o700) == 0 {
            Ownership.inherit(folder: folder)
        } else if errno != EEXIST {
            throw MediaError(errno, "\(folder) cannot be made")
        }
    }

    /// Makes the names in a folder durable.
    private func syncNames(in folder: String) throws(MediaError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MediaError(errno, "\(folder) cannot be opened") }
        defer { close(descriptor) }
        try sync(descriptor)
    }

    /// After a sync that failed nobody knows what is on the disk, so it is never tried again on the same file.
    func sync(_ descriptor: Int32) throws(MediaError) {
        guard syncing(descriptor) == 0 else { throw .failed("the disk cannot make it durable: \(String(cString: strerror(errno)))") }
    }

    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// Octets and the time of the last write; nil where there is no such file.
    static func status(of path: String) -> (size: Int, writtenAt: Instant)? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let time = status.st_mtim
        return (Int(status.st_size), Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000))
    }
}
