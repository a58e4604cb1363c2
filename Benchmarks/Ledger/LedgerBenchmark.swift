import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony

/// What the SQLite ledger does in a second, every message durable before its answer.
@main
struct LedgerBenchmark {
    static func main() async throws {
        print("| work | rate | processor time each | median | 99 % |")
        print("|---|---|---|---|---|")
        try await submissions(1_000, from: 1)
        try await submissions(20_000, from: 64)
        try await submissions(20_000, from: 512)
        try await claims(open: 10_000, queues: 10_000, batch: 64)
        try await claims(open: 10_000, queues: 10_000, batch: 256)
        try await claims(open: 100_000, queues: 64, batch: 64)
    }

    static func submissions(_ count: Int, from submitters: Int) async throws {
        try await withLedger { load in
            let (cost, durations) = try await timed { try await load.submit(count, from: submitters, conversations: 1000) }
            row("message and delivery, \(submitters) submitters", count, cost, durations)
        }
    }

    static func claims(open: Int, queues: Int, batch: Int) async throws {
        try await withLedger { load in
            _ = try await load.submit(open, from: 64, conversations: queues)
            let count = min(open, 10_000)
            let (cost, durations) = try await timed { try await load.claimAndSettle(count, batch: batch) }
            row("claim \(batch) and settle, \(open) open in \(queues) queues (times: one claim)", count, cost, durations)
        }
    }

    static func withLedger(_ body: (LedgerLoad) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await body(LedgerLoad(ledger, clock: Wall()))
        try ledger.close()
    }

    /// Time that passed, and time that processors worked for this process: the second is nearly the same on a busy machine.
    struct Cost {
        let elapsed: Duration
        let processor: Duration
    }

    static func timed<Value>(_ body: () async throws -> Value) async throws -> (Cost, Value) {
        let (start, used) = (ContinuousClock.now, processorTime())
        let value = try await body()
        return (Cost(elapsed: start.duration(to: .now), processor: processorTime() - used), value)
    }

    static func processorTime() -> Duration {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(.zero) { $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec) }
    }

    static func row(_ work: String, _ count: Int, _ cost: Cost, _ durations: [Duration]) {
        let sorted = durations.sorted()
        func milliseconds(_ share: Double) -> String {
            let duration = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
            return String(format: "%.2f ms", duration / .milliseconds(1))
        }
        let rate = Int(Double(count) / (cost.elapsed / .seconds(1)))
        let each = String(format: "%.1f µs", cost.processor / .microseconds(count))
        print("| \(work) | \(rate)/s | \(each) | \(milliseconds(0.5)) | \(milliseconds(0.99)) |")
    }
}

/// Names must rise with time as they do in earnest, or every index is written all over.
private struct Wall: WallClock {
    func now() -> Instant { Instant(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000)) }
}
