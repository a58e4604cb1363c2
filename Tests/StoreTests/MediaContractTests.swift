import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony
import Testing

@Suite struct MediaContractTests {
    @Test(arguments: MediaContract.clauses)
    func `the memory store keeps the contract`(clause: MediaContract.Clause) async throws {
        let clock = ManualClock()
        try await clause.check(MediaBench(MemoryMediaStore(clock: clock, limit: MediaContract.limit), clock))
    }

    @Test(arguments: MediaContract.clauses)
    func `the store of files keeps the contract`(clause: MediaContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let store = try FileMediaStore(directory: directory.file("media"), limit: MediaContract.limit, spared: 0)
        try await clause.check(MediaBench(store, FileClock()))
        // What is let go of is given up by whichever thread lets go of it last: soon, and not at once.
        func isEmpty() throws -> Bool { try FileManager.default.contentsOfDirectory(atPath: directory.file("media/incoming")).isEmpty }
        for _ in 0..<3000 where try !isEmpty() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try isEmpty())
    }
}

/// The time by which the system dates files.
struct FileClock: WallClock {
    func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
