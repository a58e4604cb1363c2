import Glibc

/// Whose the things are that a command of root's makes among the daemon's: the daemon's, which is a user of its own and must read and change them.
public enum Ownership {
    /// Gives what was just made in a folder to whom the folder belongs to; nothing where that is not root's to do.
    public static func inherit(_ descriptor: Int32, from folder: String) {
        var status = stat()
        guard geteuid() == 0, stat(folder, &status) == 0, status.st_uid != 0 else { return }
        fchown(descriptor, status.st_uid, status.st_gid)
    }

    /// A file that was just made, to whom its folder belongs to.
    static func inherit(_ descriptor: Int32, fromFolderOf path: String) { inherit(descriptor, from: Self.folder(of: path)) }

    /// A folder that was just made, to whom the one around it belongs to.
    public static func inherit(folder path: String) {
        guard geteuid() == 0 else { return }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        inherit(descriptor, from: Self.folder(of: path))
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}
