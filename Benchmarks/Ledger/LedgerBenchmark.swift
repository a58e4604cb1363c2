import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony

/// What the SQLite ledger does in a second, every message durable before its answer.
@main
struct LedgerBenchmark {
    static func main() async throws {
        print("| work | rate | median | 99 % |")
        print("|---|---|---|---|")
        try await submissions(2_000, from: 1)
        try await submissions(60_000, from: 64)
        try await submissions(60_000, from: 512)
        try await claims(open: 10_000, queues: 10_000, batch: 64)
        try await claims(open: 10_000, queues: 10_000, batch: 256)
        try await claims(open: 100_000, queues: 64, batch: 64)
    }

    static func submissions(_ count: Int, from submitters: Int) async throws {
        try await withLedger { load in
            let (elapsed, durations) = try await timed { try await load.submit(count, from: submitters, conversations: 1000) }
            row("message and delivery, \(submitters) submitters", count, elapsed, durations)
        }
    }

    static func claims(open: Int, queues: Int, batch: Int) async throws {
        try await withLedger { load in
            _ = try await load.submit(open, from: 64, conversations: queues)
            let count = min(open, 10_000)
            let (elapsed, durations) = try await timed { try await load.claimAndSettle(count, batch: batch) }
            row("claim \(batch) and settle, \(open) open in \(queues) queues (times: one claim)", count, elapsed, durations)
        }
    }

    static func withLedger(_ body: (LedgerLoad) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await body(LedgerLoad(ledger, clock: ManualClock()))
        try ledger.close()
    }

    static func timed<Value>(_ body: () async throws -> Value) async throws -> (Duration, Value) {
        let start = ContinuousClock.now
        let value = try await body()
        return (start.duration(to: .now), value)
    }

    static func row(_ work: String, _ count: Int, _ elapsed: Duration, _ durations: [Duration]) {
        let sorted = durations.sorted()
        func milliseconds(_ share: Double) -> String {
            let duration = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
            return String(format: "%.2f ms", duration / .milliseconds(1))
        }
        print("| \(work) | \(Int(Double(count) / (elapsed / .seconds(1))))/s | \(milliseconds(0.5)) | \(milliseconds(0.99)) |")
    }
}
