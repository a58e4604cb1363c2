import Glibc
import Synchronization

/// What was kept since the last sweep: its row may not be committed yet, whatever the clock says of the file's age.
final class YoungMedia: Sendable {
    private let digests = Mutex<(since: Set<String>, beingSwept: Set<String>)>(([], []))

    func note(_ digest: String) {
        _ = digests.withLock { $0.since.insert(digest) }
    }

    func beginSweep() {
        digests.withLock { digests in
            digests.beingSwept = digests.since
            digests.since = []
        }
    }

    /// Deletes the file unless its octets were kept just now; whoever keeps them from here on puts the file back.
    func remove(_ path: String, of digest: String) -> Bool {
        digests.withLock { digests in
            guard !digests.since.contains(digest), !digests.beingSwept.contains(digest) else { return false }
            return unlink(path) == 0
        }
    }
}
