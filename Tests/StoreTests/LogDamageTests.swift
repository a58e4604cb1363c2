import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

/// R07. The write-ahead log is cut, torn and flipped; in a thousand ways with HOMELINE_LONG=1.
@Suite struct LogDamageTests {
    private static let rounds = ProcessInfo.processInfo.environment["HOMELINE_LONG"] == "1" ? 1000 : 40

    /// A ledger as a killed process leaves it.
    private struct Files {
        var database: Data
        var log: Data
        var index: Data

        init(of path: String) throws {
            database = try Data(contentsOf: URL(filePath: path))
            log = try Data(contentsOf: URL(filePath: "\(path)-wal"))
            index = try Data(contentsOf: URL(filePath: "\(path)-shm"))
        }

        /// Lays the files down; without the index after a power failure.
        func lay(in directory: TemporaryDirectory, as name: String = "ledger", index hasIndex: Bool) throws -> String {
            let path = directory.file(name)
            try database.write(to: URL(filePath: path))
            try log.write(to: URL(filePath: "\(path)-wal"))
            if hasIndex { try index.write(to: URL(filePath: "\(path)-shm")) }
            return path
        }

        var frameSize: Int { 24 + Int(log[10]) << 8 + Int(log[11]) }
        var salts: Data { log[16..<24] }

        /// Where each transaction of this log ends.
        var ends: [Int] {
            stride(from: 32, to: log.count - frameSize + 1, by: frameSize).filter { place in
                log[place + 8..<place + 16] == salts && log[place + 4..<place + 8].contains { $0 != 0 }
            }.map { $0 + frameSize }
        }
    }

    private func write(_ count: Int, to scratch: Scratch, _ messages: inout [Message]) async throws {
        for _ in 0..<count {
            messages.append(scratch.message("number \(messages.count)", to: "+15550\(100 + messages.count)"))
            try await scratch.submit(messages[messages.count - 1])
        }
    }

    /// A ledger with a checkpoint behind it and twenty texts in a log that was written over another one, before the last text and after it.
    private func ledger(_ scratch: Scratch) async throws -> (messages: [Message], before: Files, after: Files) {
        var messages: [Message] = []
        try await write(30, to: scratch, &messages)
        try scratch.ledger.restartLog()
        try await write(19, to: scratch, &messages)
        let before = try Files(of: scratch.path)
        try await write(1, to: scratch, &messages)
        return (messages, before, try Files(of: scratch.path))
    }

    @Test func `a log that was cut off anywhere is no damage`() async throws {
        let scratch = try Scratch()
        let (_, _, files) = try await ledger(scratch)
        #expect(files.ends.count >= 20)
        var generator = SplitMix(seed: 3)
        let borders = stride(from: 32, through: files.log.count, by: files.frameSize).flatMap { [$0, $0 + 1, $0 + 24] }
        let cuts = [0, 1, 31] + borders + (0..<Self.rounds).map { _ in Int(generator.next() % UInt64(files.log.count)) }
        for cut in cuts where cut <= files.log.count {
            let directory = try TemporaryDirectory()
            var files = files
            files.log = files.log.prefix(cut)
            let loss = LogInspection.loss(of: try files.lay(in: directory, index: false))
            #expect(loss == nil, "cut at \(cut)")
        }
    }

    @Test func `a power failure in the middle of a transaction is no damage, whatever of it is on the disk`() async throws {
        let (_, before, after) = try await ledger(try Scratch())
        let old = before.log + Data(count: max(0, after.log.count - before.log.count))
        let sectors = stride(from: 0, to: after.log.count, by: 512).filter { old[$0..<min($0 + 512, old.count)] != after.log[$0..<min($0 + 512, old.count)] }
        #expect(sectors.count > 8)
        var generator = SplitMix(seed: 5)
        for round in 0..<Self.rounds {
            let directory = try TemporaryDirectory()
            var files = after
            for sector in sectors where generator.next() & 1 == 0 {
                files.log.replaceSubrange(sector..<min(sector + 512, old.count), with: old[sector..<min(sector + 512, old.count)])
            }
            // What is known to have been synced is what was there before.
            files.index = before.index
            #expect(LogInspection.loss(of: try files.lay(in: directory, index: round.isMultiple(of: 2))) == nil, "round \(round)")
        }
    }

    @Test func `a flipped bit in a log is told, the log is kept and what stands before is served`() async throws {
        let (messages, _, files) = try await ledger(try Scratch())
        let ends = files.ends
        var generator = SplitMix(seed: 7)
        var served = 0
        // Every field of the header and of three frames, the last among them, then anywhere.
        let fields = [0, 8, 17, 25] + [32, 32 + files.frameSize, ends[ends.count - 1] - files.frameSize].flatMap { frame in
            [0, 4, 8, 12, 16, 20, 24, 100].map { frame + $0 }
        }
        let places = fields + (fields.count..<Self.rounds).map { _ in Int(generator.next() % UInt64(ends[ends.count - 1])) }
        for place in places {
            let directory = try TemporaryDirectory()
            var flipped = files
            flipped.log[place] ^= 1 << (generator.next() & 7)
            let path = try flipped.lay(in: directory, index: true)
            // The header's own damage hurts no text.
            let whole = place < 32 ? ends.count : ends.count { $0 <= place }
            let ledger = try SQLiteLedger(path: path)
            #expect(ledger.lostWrites.count == 1, "octet \(place)")
            #expect(await ledger.health().state == .impaired)
            let copies = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.contains("-wal.damaged-") }
            #expect(copies.count == 1)
            if let copy = copies.first {
                #expect(try Data(contentsOf: URL(filePath: directory.file(copy))) == flipped.log)
                #expect(try await ledger.audit().faults.contains { $0.contains(copy) })
            }
            let there = try await ledger.messages(after: nil, limit: 100, lines: nil).map(\.message)
            #expect(there.count >= 30 + whole && Array(messages.prefix(there.count)) == there, "octet \(place)")
            served += there.count
            try ledger.close()
            let again = try SQLiteLedger(path: path)
            #expect(again.lostWrites.count == 1)
            try again.close()
        }
        print("R07: \(places.count) flips in the log: all told, \(served) of \(places.count * 50) texts served, the rest kept aside")
    }

    /// A ledger whose log a checkpoint has brought into the file, but for the last texts: what it was before that, and after it.
    private func checkpointed(_ scratch: Scratch, but rest: Int) async throws -> (messages: [Message], before: Files, after: Files) {
        var messages: [Message] = []
        try await write(5, to: scratch, &messages)
        try scratch.ledger.restartLog()
        try await write(45 - rest, to: scratch, &messages)
        // What somebody still reads is not passed by a checkpoint.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: scratch.path, configuration: configuration)
        try await reader.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM message")
        }
        defer { withExtendedLifetime(reader) {} }
        let before = try Files(of: scratch.path)
        try await write(rest, to: scratch, &messages)
        try scratch.ledger.bringLog()
        return (messages, before, try Files(of: scratch.path))
    }

    @Test(arguments: [0, 20]) func `what a checkpoint has brought into the file is not mixed with older pages of a damaged log`(rest: Int) async throws {
        let (messages, before, files) = try await checkpointed(try Scratch(), but: rest)
        let ends = files.ends, brought = before.ends.count
        #expect(files.database != before.database && brought + rest == ends.count)
        var generator = SplitMix(seed: 13)
        for round in 0..<Self.rounds {
            let directory = try TemporaryDirectory()
            var flipped = files
            let place = Int(generator.next() % UInt64(ends[ends.count - 1]))
            flipped.log[place] ^= 1 << (generator.next() & 7)
            let path = try flipped.lay(in: directory, index: round.isMultiple(of: 2))
            guard LogInspection.loss(of: path) != nil else { continue }
            let ledger = try SQLiteLedger(path: path)
            #expect(try await ledger.audit().faults.count == 1, "octet \(place)")
            let there = try await ledger.messages(after: nil, limit: 100, lines: nil).map(\.message)
            // What the file holds is not hurt by its copy in the log, unless nobody can tell which page that is.
            let isNamed = (place - 32) % files.frameSize >= 8
            let whole = place < ends[brought - 1] && isNamed ? ends.count : ends.count { $0 <= place }
            #expect(there.count >= 5 + whole && Array(messages.prefix(there.count)) == there, "octet \(place)")
            try ledger.close()
            #expect(try SQLiteLedger(path: path).lostWrites.count == 1)
        }
    }

    /// Nil where it is refused because it is not whole.
    private func whole(_ path: String) -> SQLiteLedger? {
        do {
            return try SQLiteLedger(path: path)
        } catch {
            #expect("\(error)".contains("of different times"))
            return nil
        }
    }

    @Test func `a checkpoint that was cut off and a damaged log give a whole state or none`() async throws {
        let (messages, before, files) = try await checkpointed(try Scratch(), but: 20)
        let ends = files.ends
        var generator = SplitMix(seed: 17), refused = 0
        for round in 0..<Self.rounds {
            let directory = try TemporaryDirectory()
            var flipped = files
            // Pages are brought one after the other, and may be on the disk in any choice after a power failure.
            let border = 4096 * Int(generator.next() % UInt64(before.database.count / 4096)), isPowerFailure = generator.next() & 1 == 0
            for page in stride(from: isPowerFailure ? 0 : border, to: before.database.count, by: 4096) where !isPowerFailure || generator.next() & 1 == 0 {
                flipped.database.replaceSubrange(page..<page + 4096, with: before.database[page..<page + 4096])
            }
            let place = Int(generator.next() % UInt64(ends[ends.count - 1]))
            if generator.next() & 1 == 0 {
                flipped.log[place] ^= 1 << (generator.next() & 7)
            } else {
                let frame = 32 + max(0, place - 32) / files.frameSize * files.frameSize
                flipped.log.replaceSubrange(frame..<frame + files.frameSize, with: Data(count: files.frameSize))
            }
            let path = try flipped.lay(in: directory, index: round.isMultiple(of: 2))
            guard LogInspection.loss(of: path) != nil else { continue }
            guard let ledger = whole(path) else {
                refused += 1
                #expect(!LostWrites.kept(beside: path).isEmpty)
                #expect(whole(path) == nil, "round \(round): what was refused once is refused again")
                #expect(try Data(contentsOf: URL(filePath: path)) == flipped.database)
                continue
            }
            #expect(try await ledger.audit().faults.count == 1, "round \(round)")
            let there = try await ledger.messages(after: nil, limit: 100, lines: nil).map(\.message)
            #expect(Array(messages.prefix(there.count)) == there, "round \(round)")
            try ledger.close()
        }
        #expect(refused < Self.rounds)
        print("R07: \(Self.rounds) checkpoints cut off over a log that is flipped or lacks a frame: \(refused) refused, the others whole")
    }

    @Test func `a ledger that is of two times at once is refused at every start`() async throws {
        let scratch = try Scratch()
        var messages: [Message] = []
        try await write(2, to: scratch, &messages)
        try scratch.ledger.close()
        let log = scratch.path + "-wal.damaged-000000.000"
        try Data("what was kept aside before a death".utf8).write(to: URL(filePath: log))
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let older = try DatabaseQueue(path: scratch.path, configuration: configuration)
        try await older.write { try $0.execute(sql: "DELETE FROM message WHERE id = 1") }
        try older.close()
        for _ in 0..<2 { #expect(whole(scratch.path) == nil) }
        try FileManager.default.removeItem(atPath: log)
        #expect(whole(scratch.path) != nil, "what nothing speaks of is not looked for at each start")
    }

    @Test func `a flipped bit is told after a power failure too, where a later transaction proves it`() async throws {
        let (_, _, files) = try await ledger(try Scratch())
        let ends = files.ends
        var generator = SplitMix(seed: 9)
        for _ in 0..<Self.rounds {
            let directory = try TemporaryDirectory()
            var flipped = files
            // The last transactions alone cannot be told from one that was being written.
            let place = Int(generator.next() % UInt64(ends[ends.count - 3]))
            flipped.log[place] ^= 1 << (generator.next() & 7)
            #expect(LogInspection.loss(of: try flipped.lay(in: directory, index: false)) != nil, "octet \(place)")
        }
    }

    @Test func `what lies behind the end is of no account`() async throws {
        let (_, _, files) = try await ledger(try Scratch())
        let end = try #require(files.ends.last)
        #expect(files.log.count > end + files.frameSize)
        var generator = SplitMix(seed: 11)
        for _ in 0..<Self.rounds {
            let directory = try TemporaryDirectory()
            var flipped = files
            flipped.log[end + Int(generator.next() % UInt64(flipped.log.count - end))] ^= 1 << (generator.next() & 7)
            #expect(LogInspection.loss(of: try flipped.lay(in: directory, index: true)) == nil)
        }
    }

    @Test func `a log that cannot be kept is not opened`() async throws {
        let (_, _, files) = try await ledger(try Scratch())
        let directory = try TemporaryDirectory()
        var flipped = files
        flipped.log[100] ^= 1
        // The log's name is as long as a name may be, and its copy's would be longer.
        let path = try flipped.lay(in: directory, as: String(repeating: "l", count: 251), index: true)
        #expect(throws: LedgerError.self) { try SQLiteLedger(path: path) }
        #expect(try Data(contentsOf: URL(filePath: "\(path)-wal")) == flipped.log)
    }

    @Test func `a log that another writes at the same time is no damage`() async throws {
        let scratch = try Scratch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<120 {
                    try await scratch.submit(scratch.message("\(number)"))
                    if number.isMultiple(of: 25) { try scratch.ledger.restartLog() }
                }
            }
            for _ in 0..<200 {
                #expect(LogInspection.loss(of: scratch.path) == nil)
                await Task.yield()
            }
            try await group.waitForAll()
        }
    }
}

extension SQLiteLedger {
    /// Everything into the file, so that the log is begun anew over what it holds.
    fileprivate func restartLog() throws {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.restart) }
    }

    /// Everything into the file, while the log goes on behind it.
    fileprivate func bringLog() throws {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
    }
}
