import Exchange
import HomelineTesting
import Logging
import Store
import Telephony

@testable import HTTPStack

/// A listener on a free port, for as long as `use` runs.
func withServedSite<Value: Sendable>(
    _ operations: [Operation], settings: ListenerSettings = ListenerSettings(port: 0),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ use: @Sendable @escaping (_ bound: Listener.Bound) async throws -> Value
) async throws -> Value {
    let clock = ManualClock()
    let site = Site(
        operations: operations, tokens: TokenGuard(ledger: MemoryLedger(), clock: clock), counts: RequestCounts(), logger: logger)
    let (bound, announce) = AsyncStream<Listener.Bound>.makeStream()
    let listener = Listener(settings: settings, site: site, clock: clock, logger: logger) { announce.yield($0) }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            try await listener.run()
            return nil
        }
        group.addTask {
            var places = bound.makeAsyncIterator()
            guard let place = await places.next() else { throw CancellationError() }
            return try await use(place)
        }
        defer { group.cancelAll() }
        while let value = try await group.next() {
            if let value { return value }
        }
        throw CancellationError()
    }
}

extension Listener.Bound {
    var port: Int {
        if case .network(_, let port) = self { port } else { 0 }
    }
}
