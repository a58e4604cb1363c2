import Exchange
import HTTPStack

/// Runs what a line of this folder needs, and ends its connections with it.
struct HandsetService: Service {
    let client: GuardedClient?
    let tasks: [@Sendable () async -> Void]

    func run() async throws {
        await withDiscardingTaskGroup { group in
            for task in tasks { group.addTask { await task() } }
        }
        await client?.close()
    }
}
