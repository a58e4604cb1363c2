import Archive
import Glibc
import Store

/// Room on disks.
enum Room {
    /// Throws `noRoom` where a disk has not so many octets left, and some for others.
    static func require(_ octets: Int, in folder: String) throws(BackupError) {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { throw .failed("\(folder): \(String(cString: strerror(errno)))") }
        let free = Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        guard free >= octets + Backup.spared else {
            throw .noRoom("\(octets >> 20) MiB are needed in \(folder), and \(max(0, free - Backup.spared) >> 20) are free")
        }
    }

    /// Octets that a backup will have, nearly.
    static func expected(_ copy: LedgerCopy, _ contents: BackupContents) throws -> Int {
        var octets = 4 * TarWriting.room(for: 0) + TarWriting.room(for: SourceFile(copy.path)?.size ?? 0)
        for item in contents.items { octets += TarWriting.room(for: SourceFile(item.path)?.size ?? 0) }
        try copy.eachMedia { octets += TarWriting.room(for: $0.size) }
        return octets + octets / 4000
    }
}
