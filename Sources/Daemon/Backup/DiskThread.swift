import Foundation

/// Does what takes long and waits for the disk on a thread of its own: the few threads of Swift's tasks must not wait.
enum DiskThread {
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws(BackupError) -> Value) async throws(BackupError) -> Value {
        let result: Result<Value, BackupError> = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: Result(catching: work)) }
            thread.name = "backup"
            thread.qualityOfService = .utility
            thread.start()
        }
        return try result.get()
    }
}
