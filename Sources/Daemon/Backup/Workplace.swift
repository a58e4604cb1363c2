import Glibc
import Store

/// A folder for what is unencrypted: within the state directory, which is private, and empty again afterwards.
final class Workplace: Sendable {
    private let folder: String
    private let lock: Int32

    /// Throws `refused` while another backup is being made or looked at here.
    init(in state: String) throws(BackupError) {
        let folder = "\(state)/backup"
        if mkdir(folder, 0o700) == 0 {
            Ownership.inherit(folder: folder)
        } else if errno != EEXIST {
            throw .failed("\(folder) cannot be made: \(String(cString: strerror(errno)))")
        }
        let lock = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .failed("\(folder) cannot be used: \(String(cString: strerror(errno)))") }
        Ownership.inherit(lock, from: folder)
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .refused("Another backup is being made.")
        }
        // Only now: whoever is refused here must not clear away what another one is at.
        (self.folder, self.lock) = (folder, lock)
        clear()
    }

    deinit {
        clear()
        // Told, not only closed: a child that was just forked has the descriptor too.
        flock(lock, LOCK_UN)
        close(lock)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    private func clear() {
        for name in ["copy.sqlite", "copy.sqlite-journal", "proof.sqlite", "proof.sqlite-wal", "proof.sqlite-shm"] { unlink("\(folder)/\(name)") }
    }
}
