import Exchange
import Foundation

/// Runs what waits for the disk on threads of its own: neither the event loops nor the few threads of Swift's tasks may wait for a sync.
final class MediaQueue: Sendable {
    private let threads: OperationQueue

    init(width: Int = 4) {
        threads = OperationQueue()
        threads.name = "media"
        threads.maxConcurrentOperationCount = width
    }

    func run<Value: Sendable>(_ work: @escaping @Sendable () throws(MediaError) -> Value) async throws(MediaError) -> Value {
        let result: Result<Value, MediaError> = await withCheckedContinuation { continuation in
            threads.addOperation { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}
