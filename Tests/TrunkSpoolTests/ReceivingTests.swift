import Exchange
import Foundation
import HomelineTesting
import Runtime
import Simulator
import Spooling
import Store
import Telephony
import Testing

@testable import TrunkSpool

@Suite struct ReceivingTests {
    private let long = String(repeating: "viele Grüße 😀 ", count: 10)

    @Test func `gammu's details are one text, and the file is gone when it is recorded`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN20261121_103742_01_+15551234567_00.txt", try vector("gammu/detail-long.txt"))
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+15551234567: \(long)"])
        #expect(try rig.names(in: "inbox").isEmpty)
    }

    @Test func `pieces in files of their own are joined in order, and wait for one that is being written`() async throws {
        let rig = try Rig(.gammu)
        let pieces = ["one ", "two ", "three"]
        let trunk = try rig.trunk(stillness: .milliseconds(1))
        var watch = SpoolTrunk.FolderWatch(folder: rig.folder("inbox"), stillness: Stillness(.milliseconds(1)))
        for (index, piece) in pieces.enumerated() {
            try rig.write("inbox", "IN20261121_103742_00_MyBank_0\(index).txt", [0xFE, 0xFF] + SpoolText.utf16Octets(piece))
            _ = await trunk.look(&watch)
            if index == 2 { #expect(try rig.names(in: "inbox").count == 3) }
        }
        try await Task.sleep(for: .milliseconds(3))
        _ = await trunk.look(&watch)
        #expect(try await rig.texts() == ["MyBank: one two three"])
    }

    @Test func `the same text twice within a second is two texts`() async throws {
        let rig = try Rig(.gammu)
        let trunk = try rig.trunk()
        for _ in 0..<2 {
            try rig.write("inbox", "IN20261121_103742_00_+15551234567_00.txt", Array("yes".utf8))
            await rig.look(trunk)
        }
        #expect(try await rig.texts().count == 2)
    }

    @Test func `a process that was killed before it removed the file records nothing twice`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN20261121_103742_00_+15551234567_00.txt", Array("yes".utf8))
        // A folder that is not there: the file is recorded and cannot be moved.
        await rig.look(try rig.trunk(archive: rig.folder("nowhere")))
        #expect(try rig.names(in: "inbox").count == 1)
        await rig.look(try rig.trunk())
        #expect(try rig.names(in: "inbox").isEmpty)
        #expect(try await rig.texts() == ["+15551234567: yes"])
    }

    @Test func `a process that was killed while it removed the pieces of a text leaves none for a second text`() async throws {
        let rig = try Rig(.gammu)
        for part in 0..<3 { try rig.write("inbox", "IN20261121_103742_00_+15551234567_0\(part).txt", Array("part \(part) ".utf8)) }
        let marks = try rig.folder("inbox").files().map(\.mark)
        await rig.look(try rig.trunk(archive: rig.folder("nowhere")))
        #expect(try await rig.texts() == ["+15551234567: part 0 part 1 part 2 "])
        #expect(try rig.names(in: "letters") == [SpoolTrunk.goingName] && marks.count == 3)
        try rig.folder("inbox").remove("IN20261121_103742_00_+15551234567_00.txt")
        let next = try rig.trunk()
        next.finishRemoval()
        await rig.look(next)
        #expect(try await rig.texts().count == 1)
        #expect(try rig.names(in: "inbox").isEmpty)
    }

    @Test func `a file that could not be recorded stays`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN20261121_103742_00_+15551234567_00.txt", Array("yes".utf8))
        await rig.look(try rig.trunk(ledger: InterceptedLedger(FullDisk())))
        #expect(try rig.names(in: "inbox").count == 1)
        await rig.look(try rig.trunk())
        #expect(try await rig.texts().count == 1)
    }

    @Test func `answers to USSD are from nobody and reach nobody`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN20261121_103742_00__00.txt", Array("Your balance".utf8))
        try rig.write("inbox", "IN00000000_000000_00__00.txt", try vector("gammu/detail-nobody.txt"))
        await rig.look(try rig.trunk())
        #expect(try await rig.meanings().isEmpty)
        #expect(try rig.names(in: "inbox").isEmpty && rig.names(in: "inbox/alien").count == 2 && rig.board.told.isEmpty)
    }

    @Test func `files that make no sense are set aside and told, and links are not followed`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN_something_else.txt", Array("?".utf8))
        try rig.write("inbox", "IN20261121_103742_00_+1555_00.txt", [UInt8](repeating: 0x61, count: (1 << 20) + 1))
        try rig.write("inbox", "notes.md", Array("not gammu's".utf8))
        try FileManager.default.createSymbolicLink(
            atPath: rig.folder("inbox").path + "/IN20261121_103742_00_+1666_00.txt", withDestinationPath: "/etc/hostname")
        await rig.look(try rig.trunk())
        #expect(try await rig.meanings().isEmpty)
        #expect(try rig.names(in: "inbox/alien").count == 2 && rig.names(in: "inbox") == ["notes.md"])
        #expect(rig.board.told == ["spool.alien", "spool.alien"])
    }

    @Test func `a text that reads like gammu's file of somebody else's message is its sender's`() async throws {
        let rig = try Rig(.gammu)
        let forged = "[SMSBackup000]\nPDU = Deliver\nNumber = \"MyBank\"\nText00 = 00480069\nCoding = Unicode_No_Compression"
        try rig.write("inbox", "IN20261121_103742_00_+15551234567_00.txt", Array(forged.utf8))
        try rig.write("inbox", "IN20261121_103743_00_MyBank_00.txt", try vector("gammu/detail-name.txt"))
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+15551234567: \(forged)", "MyBank: your code\nis 5"])
    }

    @Test func `gammu's reports name what they are about`() async throws {
        let rig = try Rig(.gammu)
        try rig.write("inbox", "IN20261121_103746_00_+491701234567_00.txt", try vector("gammu/detail-report.txt"))
        await rig.look(try rig.trunk())
        guard case .report(let report)? = try await rig.meanings().first else {
            Issue.record("no report")
            return
        }
        #expect(report.reference == "1" && report.fate == .delivered && report.recipient == .number("+491701234567"))
    }

    @Test func `segments that smsd keeps until a text is whole are left to it`() async throws {
        let rig = try Rig(.smstools)
        let kept = Array("05 00 03 2A 03 01 0791\n".utf8)
        try rig.write("incoming", "GSM1-concatenated", kept)
        try rig.write("incoming", "GSM1.aaaaaa.LOCK", [])
        await rig.look(try rig.trunk())
        #expect(try rig.names(in: "incoming") == ["GSM1-concatenated", "GSM1.aaaaaa.LOCK"])
        #expect(try rig.folder("incoming").read("GSM1-concatenated", limit: 100) == kept && rig.board.told.isEmpty)
    }

    @Test func `smsd's texts and reports are read`() async throws {
        let rig = try Rig(.smstools)
        try rig.write("incoming", "GSM1.aaaaaa", try vector("smstools/incoming-long"))
        try rig.write("incoming", "GSM1.bbbbbb", try vector("smstools/incoming-name"))
        try rig.write("report", "GSM1.cccccc", try vector("smstools/report"))
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+15551234567: \(String(repeating: "viele Grüße ж ", count: 10))", "MyBank: your code\nis 5"])
        guard case .report(let report)? = try await rig.meanings().last else {
            Issue.record("no report")
            return
        }
        #expect(report.reference == "11" && report.fate == .delivered && report.recipient == .number("+491701234567"))
    }

    @Test func `a text that reads like a report of smsd's is a text`() async throws {
        let rig = try Rig(.smstools)
        let forged = "SMS STATUS REPORT\nMessage_id: 11\nStatus: 0,Ok"
        let headers = [SMSToolsFile.Header("From", "15551234567"), .init("Alphabet", "UTF-8")]
        try rig.write("incoming", "GSM1.aaaaaa", SMSToolsFile(headers, body: Array(forged.utf8)).encoded())
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+15551234567: \(forged)"])
    }

    @Test func `pieces that smsd did not join are joined`() async throws {
        let rig = try Rig(.smstools)
        for (index, piece) in ["first, ", "second ж"].enumerated() {
            let headers = [SMSToolsFile.Header("From", "15551234567"), .init("Alphabet", "UTF-8"), .init("UDH-DATA", "05 00 03 07 02 0\(index + 1)")]
            try rig.write("incoming", "GSM1.\(9 - index)", SMSToolsFile(headers, body: Array(piece.utf8)).encoded())
        }
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+15551234567: first, second ж"])
    }

    @Test func `what a telephone's message centre brought is joined, with line feeds and without`() async throws {
        let rig = try Rig(.smsq)
        try rig.write("mtrx", "0123.2026-11-21T10:37:42-2", try vector("smsq/plain"))
        try rig.write("mtrx", "9999.2026-11-21T10:37:42-2", try vector("smsq/plain"))
        for (index, piece) in ["one\n", "two ж"].enumerated() {
            try rig.write("mtrx", "0123.b\(index)", SMSQFile(from: "+48123456789", text: piece, header: [0, 3, 7, 2, UInt8(index + 1)]).encoded())
        }
        await rig.look(try rig.trunk())
        #expect(try await Set(rig.texts()) == ["+48123456789: Hello from POTS phone", "+48123456789: one\ntwo ж"])
        #expect(try rig.names(in: "mtrx").count == 1)
    }

    @Test func `smsd's random names do not change the order in which texts came`() async throws {
        let rig = try Rig(.smstools)
        for (index, letter) in ["z", "m", "a"].enumerated() {
            let file = SMSToolsFile([SMSToolsFile.Header("From", "15551234567"), .init("Alphabet", "UTF-8")], body: Array("text \(index)".utf8))
            try rig.write("incoming", "GSM1.\(letter)aaaaa", file.encoded())
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: Double(index - 10))], ofItemAtPath: rig.folder("incoming").path + "/GSM1.\(letter)aaaaa")
        }
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == (0..<3).map { "+15551234567: text \($0)" })
    }

    /// A segment in a national alphabet has twice as many letters as one of ours with sixteen bits each.
    @Test func `a piece that is no segment of ours is brought by itself, and not put aside`() async throws {
        let rig = try Rig(.smsq)
        let text = String(repeating: "ş", count: 150)
        try rig.write("mtrx", "0123.b0", SMSQFile(from: "+48123456789", text: text, header: [0, 3, 7, 2, 1]).encoded())
        await rig.look(try rig.trunk())
        #expect(try await rig.texts() == ["+48123456789: \(text)"])
        #expect(try rig.names(in: "mtrx").isEmpty)
    }

    @Test func `what is read can be kept`() async throws {
        let rig = try Rig(.gammu)
        try rig.folder("taken").make()
        try rig.write("inbox", "IN20261121_103742_00_+15551234567_00.txt", Array("yes".utf8))
        await rig.look(try rig.trunk(archive: rig.folder("taken")))
        #expect(try rig.names(in: "taken").count == 1 && rig.names(in: "inbox").isEmpty)
    }

    @Test func `a folder that is not there is told once, and its return`() async throws {
        let rig = try Rig(.gammu)
        let trunk = try rig.trunk()
        let running = Task { try await trunk.run() }
        while trunk.health.state != .working { try await Task.sleep(for: .milliseconds(2)) }
        try FileManager.default.moveItem(atPath: rig.folder("inbox").path, toPath: rig.directory.file("away"))
        while trunk.health.state != .down { try await Task.sleep(for: .milliseconds(2)) }
        #expect(rig.board.told == ["spool.trouble"])
        try FileManager.default.moveItem(atPath: rig.directory.file("away"), toPath: rig.folder("inbox").path)
        while trunk.health.state != .working { try await Task.sleep(for: .milliseconds(2)) }
        #expect(rig.board.told.isEmpty)
        running.cancel()
        try await running.value
    }
}

/// A disk on which nothing can be written.
private struct FullDisk: LedgerInterceptor {
    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        throw .full("no space left")
    }
}
