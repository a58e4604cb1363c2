import Console
import Synchronization
import Telephony

extension BackupDesk: Backups {
    func status() async -> BackupStatus {
        let course = current
        let last = course.log.last.map { record in
            let name = record.file.split(separator: "/").last.map(String.init)
            return BackupStatus.Made(
                name: name.flatMap { folder.names().contains($0) ? $0 : nil }, at: record.madeAt, size: record.octets, messages: record.messages,
                files: record.files, provenAt: record.provenAt, faults: record.faults, omissions: record.omissions)
        }
        return BackupStatus(
            last: last, failure: course.log.failure.map { ($0.at, $0.sentence) }, percent: course.progress.map(Self.percent), folder: settings.folder,
            nextAt: nextAt, kept: settings.keep)
    }

    /// Of the whole: a third for each phase.
    private static func percent(_ progress: BackupProgress) -> Int {
        let before =
            switch progress.phase {
            case .copying: 0
            case .writing: 33
            case .checking: 66
            }
        return before + progress.percent / 3
    }

    func begin() async {
        // Goes on when the page that asked for it is closed; one that is being made is not begun again.
        Task.detached { await self.make() }
    }

    func open(_ name: String) async -> BackupDownload? {
        guard BackupFolder.isOurs(name), let file = SourceFile("\(folder.path)/\(name)") else { return nil }
        let size = file.size
        let reading = FileReading(file)
        return BackupDownload(size: size) { try await DiskThread.run(reading.next) }
    }
}

/// A file that is read by one after the other.
private final class FileReading: Sendable {
    private let file: Mutex<SourceFile>

    init(_ file: sending SourceFile) { self.file = Mutex(file) }

    @Sendable func next() throws(BackupError) -> [UInt8]? {
        let octets = try file.withLock { file throws(BackupError) in try file.read() }
        return octets.isEmpty ? nil : octets
    }
}
