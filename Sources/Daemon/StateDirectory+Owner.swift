import Glibc

extension StateDirectory {
    /// What root made in it belongs to whom the directory belongs to, or the daemon could not use it.
    func giveToOwner() {
        var status = stat()
        // Under systemd its usual name is a link to where it is.
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        guard geteuid() == 0, fstat(folder, &status) == 0, status.st_uid != 0 else {
            close(folder)
            return
        }
        Self.give(folder, to: status)
    }

    /// By descriptors, and through no link: whoever may write in the directory leads root nowhere else. Closes the folder.
    private static func give(_ folder: Int32, to owner: stat) {
        guard let stream = fdopendir(folder) else {
            close(folder)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
            var status = stat()
            guard name != ".", name != "..", fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if status.st_uid == 0 { fchownat(folder, name, owner.st_uid, owner.st_gid, AT_SYMLINK_NOFOLLOW) }
            let inner = status.st_mode & S_IFMT == S_IFDIR ? openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1
            if inner >= 0 { give(inner, to: owner) }
        }
    }
}
