import Console
import Synchronization
import Telephony

/// Backups as a test says they are.
final class StandInBackups: Backups {
    private let state = Mutex<(status: BackupStatus?, begun: Int)>((nil, 0))

    var begun: Int { state.withLock { $0.begun } }

    func be(_ status: BackupStatus) { state.withLock { $0.status = status } }

    func status() async -> BackupStatus {
        state.withLock { $0.status } ?? BackupStatus(last: nil, failure: nil, percent: nil, folder: "/mnt/b", nextAt: Instant(seconds: 0), kept: 7)
    }

    func begin() async { state.withLock { $0.begun += 1 } }

    func open(_ name: String) async -> BackupDownload? {
        guard name == "homeline-20261121T120000Z.tar.age" else { return nil }
        let left = Mutex(2)
        return BackupDownload(size: 4) { left.withLock { left in
            left -= 1
            return left >= 0 ? [0x61, 0x67] : nil
        } }
    }
}
