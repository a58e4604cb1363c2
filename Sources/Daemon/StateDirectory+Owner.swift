import Glibc
import Runtime

extension StateDirectory {
    /// What root made in it belongs to whom the directory belongs to, or the daemon could not use it.
    func giveToOwner() {
        // Under systemd its usual name is a link to where it is.
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        var status = stat()
        guard geteuid() == 0, fstat(folder, &status) == 0, status.st_uid != 0 else { return }
        Self.give(folder, to: status)
    }

    /// By descriptors, and through no link of either kind: whoever may write in the directory leads root nowhere else.
    private static func give(_ folder: Int32, to owner: stat) {
        var entries = DirectoryEntries(of: folder)
        while let name = entries.next() {
            var status = stat()
            guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            if status.st_uid == 0, isFolder || status.st_nlink == 1 { fchownat(folder, name, owner.st_uid, owner.st_gid, AT_SYMLINK_NOFOLLOW) }
            guard isFolder else { continue }
            let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard inner >= 0 else { continue }
            defer { close(inner) }
            give(inner, to: owner)
        }
    }
}
