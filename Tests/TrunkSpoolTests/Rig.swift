import Exchange
import Foundation
import HomelineTesting
import Messaging
import Runtime
import Simulator
import Spooling
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkSpool

/// A trunk, the folders of a simulated program, and the ledger behind it.
struct Rig: Sendable {
    let daemon: SpoolDaemon
    let ledger = MemoryLedger()
    let clock: ManualClock
    let mint: Mint
    let board = NoticeBoard()
    let directory: TemporaryDirectory

    init(_ habit: SpoolHabit) throws {
        directory = try TemporaryDirectory()
        daemon = try SpoolDaemon(habit, at: directory.path)
        try Folder(directory.file("letters")).make()
        clock = ManualClock(Instant(seconds: Int64(Date().timeIntervalSince1970)))
        mint = .repeatable(clock)
    }

    func folder(_ name: String) -> Folder { Folder(directory.file(name)) }

    func layout(archive: Folder? = nil) -> SpoolLayout {
        switch daemon.habit {
        case .gammu:
            SpoolLayout(outgoing: folder("outbox"), sent: folder("sent"), failed: folder("error"), incoming: [folder("inbox")], archive: archive)
        case .smstools:
            SpoolLayout(
                outgoing: folder("outgoing"), waiting: [folder("checked")], sent: folder("sent"), failed: folder("failed"),
                incoming: [folder("incoming"), folder("report")], reports: folder("report"), archive: archive)
        case .smsq: SpoolLayout(outgoing: folder("motx"), sent: nil, failed: nil, incoming: [folder("mtrx")], archive: archive)
        }
    }

    /// A trunk as a process makes it at its start; files are read as soon as they are seen.
    func trunk(archive: Folder? = nil, ledger other: (any Ledger)? = nil, stillness: Duration = .zero, bell: SpoolBell? = nil) throws -> SpoolTrunk {
        let dialect: any SpoolDialect =
            switch daemon.habit {
            case .gammu: GammuDialect()
            case .smstools: SMSToolsDialect()
            case .smsq: SMSQDialect(queue: "0123")
            }
        let inbox = Inbox(ledger: other ?? ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup())
        return SpoolTrunk(
            line: "home", dialect: dialect, layout: layout(archive: archive), numbers: try #require(NumberPlan(country: "US")), notes: folder("letters"), inbox: inbox,
            notices: board, mint: mint, pause: { _ in try await Task.sleep(for: .milliseconds(2)) }, interval: .milliseconds(2), stillness: stillness, bell: bell)
    }

    /// One round over all folders of what came.
    func look(_ trunk: SpoolTrunk) async {
        for folder in trunk.layout.incoming {
            var watch = SpoolTrunk.FolderWatch(folder: folder, stillness: Stillness(trunk.stillness))
            _ = await trunk.look(&watch)
        }
    }

    /// What the receipts in the ledger mean.
    func meanings() async throws -> [Interpretation.Meaning] {
        let receipts = try await ledger.unreadReceipts(line: "home")
        let numbers = try #require(NumberPlan(country: "US"))
        return SMSInterpreter(numbers: numbers).interpret(receipts, now: clock.now()).map(\.meaning)
    }

    func texts() async throws -> [String] {
        try await meanings().compactMap { if case .message(let content) = $0 { "\(content.sender): \(content.parts.compactMap(\.text).joined())" } else { nil } }
    }

    func write(_ folder: String, _ name: String, _ octets: [UInt8]) throws { try self.folder(folder).write(name, octets) }

    func names(in folder: String) throws -> [String] { try self.folder(folder).files().map(\.name) }
}

/// Notices that were told.
final class NoticeBoard: OwnerNotices {
    private let topics = Mutex<[String]>([])
    var told: [String] { topics.withLock { $0 } }

    func tell(_ line: LineID, topic: String, _ sentence: String) async { topics.withLock { $0.append(topic) } }
    func clear(_ line: LineID, topic: String, _ sentence: String) async { topics.withLock { $0.removeAll { $0 == topic } } }
}

/// Files of `Vectors/spool`.
func vector(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/spool")
    return Array(try Data(contentsOf: folder.appending(path: name)))
}
