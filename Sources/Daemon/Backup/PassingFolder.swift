import Foundation
import UnixSignals

/// A folder for what is unencrypted where no state directory is at hand: its owner's alone, and gone when the work in it is over, also when
/// somebody ends it by a signal.
public enum PassingFolder {
    public static func with<Value: Sendable>(_ work: (_ folder: String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)").path(percentEncoded: false)
        // Before there is anything to leave behind.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup, .sigquit)
        let watch = Task {
            for await signal in signals {
                remove(folder)
                // As a shell tells of who ended by a signal.
                _exit(128 + signal.rawValue)
            }
        }
        defer { watch.cancel() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { remove(folder) }
        return try await work(folder)
    }

    private static func remove(_ folder: String) {
        // The work may go on meanwhile and put something there once more.
        for _ in 0..<10 where FileManager.default.fileExists(atPath: folder) { try? FileManager.default.removeItem(atPath: folder) }
    }
}
