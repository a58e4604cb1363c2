import Archive
import Glibc
import Store

/// Room on disks.
enum Room {
    /// Throws `noRoom` where a disk has not so many octets left, and some for others.
    static func require(_ octets: Int, in folder: String) throws(BackupError) {
        guard let free = free(in: folder) else { throw .failed("\(folder): \(String(cString: strerror(errno)))") }
        guard free >= octets + Backup.spared else {
            throw .noRoom("\(octets >> 20) MiB are needed in \(folder), and \(max(0, free - Backup.spared) >> 20) are free")
        }
    }

    /// Octets that are left on a disk; nil where nobody can tell.
    static func free(in folder: String) -> Int? {
        var status = statvfs()
        return statvfs(folder, &status) == 0 ? octets(UInt64(status.f_bavail), of: UInt64(status.f_frsize)) : nil
    }

    /// So many blocks; a disk over a network may tell of more than there can be.
    static func octets(_ blocks: UInt64, of size: UInt64) -> Int {
        let (octets, isTooMuch) = blocks.multipliedReportingOverflow(by: size)
        // Left below the largest number, so that it can be reckoned with.
        return isTooMuch ? .max / 2 : min(.max / 2, Int(clamping: octets))
    }

    /// Octets that a backup will have, nearly.
    static func expected(_ copy: LedgerCopy, _ contents: BackupContents) throws -> Int {
        var octets = 4 * TarWriting.room(for: 0) + TarWriting.room(for: SourceFile(copy.path)?.size ?? 0)
        for item in contents.items { octets += TarWriting.room(for: SourceFile(item.path)?.size ?? 0) }
        try copy.eachMedia { octets += TarWriting.room(for: $0.size) }
        return octets + octets / 4000
    }
}
