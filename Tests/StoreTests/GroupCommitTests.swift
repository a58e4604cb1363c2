import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct GroupCommitTests {
    /// Holds the writer while more units gather, so that they share the next transaction.
    private func gathering(
        _ count: Int, in ledger: SQLiteLedger, start: () -> Void, whileHeld: () async throws -> Void = {}
    ) async throws {
        let gate = DispatchSemaphore(value: 0)
        let (isHeld, holding) = AsyncStream<Void>.makeStream()
        let held = Task {
            try await ledger.writer.perform { _ in
                holding.finish()
                gate.wait()
            }
        }
        for await _ in isHeld {}
        start()
        while ledger.writer.waiting < count { await Task.yield() }
        do {
            try await whileHeld()
        } catch {
            gate.signal()
            throw error
        }
        gate.signal()
        try await held.value
    }

    @Test func `a refused unit leaves no trace and does not touch its neighbours`() async throws {
        let scratch = try Scratch()
        let messages = (0..<3).map { scratch.message("\($0)") }
        let stranger = scratch.message("stranger")
        var tasks: [Task<SubmissionOutcome, any Error>] = []
        try await gathering(3, in: scratch.ledger) {
            for (index, message) in messages.enumerated() {
                // The middle one has a good delivery before one of a message that does not exist.
                let deliveries = [scratch.delivery(of: message)] + (index == 1 ? [scratch.delivery(of: stranger)] : [])
                tasks.append(Task { try await scratch.ledger.submit(message, key: "\(index)", deliveries: deliveries) })
            }
        }
        #expect(try await tasks[0].value.kind == .recorded(messages[0].id))
        await #expect(throws: LedgerError.conflict("there is no message \(stranger.id)")) { try await tasks[1].value }
        #expect(try await tasks[2].value.kind == .recorded(messages[2].id))
        #expect(try await scratch.ledger.messages(after: nil, limit: 9, lines: nil).count == 2)
        #expect(try await scratch.ledger.lastEntry() == 4)
        #expect(try await scratch.claim().count == 1)
    }

    @Test func `a caller that is cancelled rolls nothing back`() async throws {
        let scratch = try Scratch()
        let message = scratch.message()
        var task: Task<SubmissionOutcome, any Error>?
        try await gathering(1, in: scratch.ledger) { task = Task { try await scratch.submit(message) } }
        task?.cancel()
        #expect(try await task?.value.kind == .recorded(message.id))
        #expect(try await scratch.ledger.message(message.id)?.message == message)
    }

    @Test func `work asked for by a cancelled task is done all the same`() async throws {
        let scratch = try Scratch()
        let message = scratch.message()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            let outcome = try await scratch.submit(message)
            return (outcome, try await scratch.ledger.message(message.id))
        }
        task.cancel()
        #expect(try await task.value.0.kind == .recorded(message.id))
        #expect(try await task.value.1?.message == message)
    }

    @Test(arguments: [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_WRITE, .SQLITE_IOERR])
    func `after a failed write or sync nothing is acknowledged or written any more`(code: ResultCode) async throws {
        let scratch = try Scratch()
        try await scratch.submit(scratch.message("before"))
        let neighbour = scratch.message("neighbour")
        var tasks: [Task<Void, any Error>] = []
        try await gathering(2, in: scratch.ledger) {
            tasks.append(Task { _ = try await scratch.submit(neighbour) })
            tasks.append(Task { try await scratch.ledger.writer.perform { _ in throw DatabaseError(resultCode: code) } })
        }
        tasks.append(Task { _ = try await scratch.submit(scratch.message("after")) })
        for task in tasks {
            await #expect { try await task.value } throws: { error in
                if case LedgerError.broken = error { true } else { false }
            }
        }
        #expect(try await scratch.ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.text) == ["before"])
    }

    @Test func `a full disk refuses, and writing goes on when there is room again`() async throws {
        let scratch = try Scratch()
        let pages = try await scratch.ledger.write { try $0.db.integer("PRAGMA page_count") } ?? 0
        try await scratch.ledger.writer.perform { try $0.execute(sql: "PRAGMA max_page_count = \(pages + 2)") }
        var accepted = 0
        var refusal: LedgerError?
        while refusal == nil, accepted < 1000 {
            do {
                try await scratch.submit(scratch.message(String(repeating: "x", count: 500)))
                accepted += 1
            } catch let error as LedgerError { refusal = error }
        }
        guard case .full = refusal else {
            Issue.record("full expected, not \(String(describing: refusal))")
            return
        }
        _ = try await scratch.ledger.read { _ in }
        try await scratch.ledger.writer.perform { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try await scratch.submit(scratch.message())
        #expect(try await scratch.ledger.messages(after: nil, limit: 2000, lines: nil).count == accepted + 1)
        #expect(try await scratch.ledger.write { try $0.db.first("PRAGMA integrity_check") { try $0.column(0) as String } } == "ok")
    }

    @Test func `no more units wait than there is room for`() async throws {
        let scratch = try Scratch()
        var tasks: [Task<Void, any Error>] = []
        try await gathering(GroupCommit.capacity, in: scratch.ledger) {
            for _ in 0..<GroupCommit.capacity { tasks.append(Task { try await scratch.ledger.writer.perform { _ in } }) }
        } whileHeld: {
            await #expect { try await scratch.ledger.writer.perform { _ in } } throws: { error in
                if case LedgerError.full = error { true } else { false }
            }
        }
        for task in tasks { try await task.value }
    }

    @Test func `sixty-four writers and a claimer lose nothing, double nothing and keep every queue's order`() async throws {
        let scratch = try Scratch()
        let (writers, each) = (64, 6)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in 0..<each {
                        let message = scratch.message("\(number)", to: "+\(writer)")
                        let key = "\(writer)/\(number)"
                        let outcome = try await scratch.submit(message, key: key)
                        #expect(
                            try await scratch.submit(scratch.message("again", to: "+\(writer)"), key: key).kind == .duplicate(outcome.message))
                    }
                }
            }
            try await group.waitForAll()
        }
        var seen: [String: [String]] = [:]
        while true {
            let claims = try await scratch.claim(limit: 64)
            if claims.isEmpty { break }
            for claim in claims { seen[claim.queue.name, default: []].append(claim.message.text) }
            let settlements = claims.map {
                Settlement(
                    attempt: $0.attempt.id, delivery: $0.delivery.id, result: .accepted(reference: nil), at: scratch.clock.now(),
                    following: [])
            }
            try await scratch.ledger.settle(settlements)
        }
        #expect(seen.count == writers)
        #expect(seen.values.allSatisfy { $0 == (0..<each).map(String.init) })
        #expect(try await scratch.ledger.backlog().isEmpty)
        let sequences = try await scratch.ledger.entries(after: 0, limit: 1_000_000).map(\.sequence)
        #expect(sequences == Array(1...Int64(sequences.count)))
    }
}
