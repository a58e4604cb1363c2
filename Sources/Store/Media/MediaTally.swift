import Exchange
import Glibc
import Synchronization

/// Counts what is kept and what is on its way, so that the quota holds while many write at once.
final class MediaTally: Sendable {
    let limit: Int
    /// Octets that are left to others on the disk.
    private let spared: Int
    private let folder: MediaFolder
    private let octets: Mutex<(kept: Int?, coming: Int)> = Mutex((nil, 0))

    init(limit: Int, spared: Int, of folder: MediaFolder) {
        self.limit = limit
        self.spared = spared
        self.folder = folder
    }

    /// Octets kept. The first to ask counts the files.
    var kept: Int {
        octets.withLock { octets in
            let kept = octets.kept ?? count()
            octets.kept = kept
            return kept
        }
    }

    func reserve(_ count: Int) throws(MediaError) {
        var space = statvfs()
        guard statvfs(folder.root, &space) == 0 else { throw MediaError(errno, "the disk cannot be asked") }
        let free = UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize))
        guard free.overflow || free.partialValue >= UInt64(max(0, count + spared)) else { throw .full("the disk has no room to spare") }
        let isWithin = octets.withLock { octets in
            let kept = octets.kept ?? self.count()
            octets.kept = kept
            guard kept + octets.coming + count <= limit else { return false }
            octets.coming += count
            return true
        }
        guard isWithin else { throw .full("\(limit) octets are kept, and may be") }
    }

    func release(_ count: Int) {
        octets.withLock { $0.coming -= count }
    }

    /// What was reserved is kept now, or was kept before.
    func settle(_ count: Int, isNew: Bool) {
        octets.withLock { octets in
            octets.coming -= count
            if isNew, let kept = octets.kept { octets.kept = kept + count }
        }
    }

    func forget(_ count: Int) {
        octets.withLock { octets in
            if let kept = octets.kept { octets.kept = max(0, kept - count) }
        }
    }

    private func count() -> Int {
        folder.digests().reduce(0) { $0 + (MediaFolder.status(of: folder.path(of: $1))?.size ?? 0) }
    }
}
