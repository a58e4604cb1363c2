import Synchronization
import Telephony

/// Whether the lines' queues have room, known without counting them for each message: what was counted last, and all that was let in
/// since. That sum errs on the high side only, so the ledger is asked again when it reaches the limit.
final class QueueRoom: Sendable {
    enum Answer: Hashable, Sendable {
        /// Let in; `leave` is to be called when the ledger has answered.
        case room
        case full
        /// The queue must be counted first: `count`, then ask again.
        case unknown
    }

    private struct Line {
        var counted: Int?
        var countedAt: Instant?
        /// Let in since the count began.
        var since = 0
        /// Let in and not yet answered by the ledger: a count may have seen them or not.
        var underWay = 0
    }

    /// Deliveries of each line that may be open.
    private let limits: [LineID: Int]
    private let lines = Mutex<[LineID: Line]>([:])

    /// A full queue is not counted more often than this.
    static let interval: Duration = .seconds(1)

    init(limits: [LineID: Int]) { self.limits = limits }

    func enter(_ line: LineID, _ deliveries: Int, now: Instant) -> Answer {
        guard let limit = limits[line] else { return .room }
        return lines.withLock { lines in
            var entry = lines[line] ?? Line()
            defer { lines[line] = entry }
            guard let counted = entry.counted else { return .unknown }
            if counted + entry.since + deliveries <= limit {
                entry.since += deliveries
                entry.underWay += deliveries
                return .room
            }
            // A clock that was set back must not close the queue.
            if let countedAt = entry.countedAt, countedAt <= now, now < countedAt + Self.interval { return .full }
            entry.countedAt = now
            return .unknown
        }
    }

    func leave(_ line: LineID, _ deliveries: Int) {
        lines.withLock { $0[line]?.underWay -= deliveries }
    }

    /// Asks the ledger how many deliveries of the line are open.
    func count(_ line: LineID, in ledger: any Ledger, now: Instant) async throws(LedgerError) {
        let before = lines.withLock { lines in (lines[line]?.since ?? 0, lines[line]?.underWay ?? 0) }
        let counted = try await ledger.openDeliveries(.trunk(line))
        lines.withLock { lines in
            var entry = lines[line] ?? Line()
            entry.counted = counted + before.1
            entry.countedAt = now
            entry.since = max(0, entry.since - before.0)
            lines[line] = entry
        }
    }
}
