import AT
import Exchange
import Foundation
import Telephony
import Testing

@testable import TrunkModem

/// R16: what becomes of a text for every error that the standards name.
@Suite(.timeLimit(.minutes(10))) struct ErrorTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let result: String
        let disposition: Disposition
        let meaning: String
        var testDescription: String { "\(result) \(meaning)" }
    }

    static func rows() throws -> [Row] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/at/errors.tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return Row(result: fields[0], disposition: try #require(Disposition(rawValue: fields[1])), meaning: fields[2])
        }
    }

    @Test func `each error as a number and in words becomes what the table says, and the text leaves as often`() async throws {
        let rows = try Self.rows()
        #expect(rows.count > 140)
        try await Rig(change: { $0.segmentsPerMinute = 100_000 }).serve { rig in
            for row in rows {
                let head = row.result.prefix { $0 != ":" }
                // 322 empties the storage and tries once more.
                let tries = row.result == "+CMS ERROR: 322" ? 2 : 1
                for answer in [row.result, "\(head): \(row.meaning)"] {
                    rig.modem.forget()
                    rig.modem.submit(.answers(answer), .answers(answer))
                    let outcome = try await rig.send("hello")
                    rig.modem.submit()
                    #expect(rig.modem.pdus.count == tries, "\(answer)")
                    switch (outcome, row.disposition) {
                    case (.failed(let failure), .permanent), (.deferred(let failure, nil), .retry), (.deferred(let failure, nil), .needsOperator):
                        #expect(failure.disposition == row.disposition, "\(answer)")
                    default: Issue.record("\(answer): \(outcome)")
                    }
                }
            }
        }
    }

    @Test(arguments: ["ERROR", "COMMAND NOT SUPPORT", "+CMS ERROR: 999", "+CMS ERROR: something new", "+CME ERROR: 4711", "+CMS ERROR:"])
    func `an error that no table knows is settled too, and never in doubt`(answer: String) async throws {
        try await Rig().serve { rig in
            rig.modem.submit(.answers(answer))
            switch try await rig.send("hello") {
            case .failed, .deferred(_, nil): #expect(rig.modem.pdus.count == 1)
            case let outcome: Issue.record("\(outcome)")
            }
        }
    }

    /// Three wrong PINs lock a card for ever: whatever the modem answers, one is sent.
    @Test(arguments: ["ERROR", "+CME ERROR: 16", "+CME ERROR: incorrect password", "+CME ERROR: 100", "+CME ERROR: 12", "+CME ERROR: 3", "…"])
    func `a PIN is sent once, whatever became of it`(answer: String) async throws {
        for tries in ["+CPINR: SIM PIN,3,3\nOK", "ERROR"] {
            let modem = PINTests.locked(["AT+CPIN=\"1234\"": answer, "AT+CPINR": tries])
            try await Rig(modem, change: { $0.pin = "1234" }).run { rig in
                try await rig.until("it was tried") { modem.count(of: "AT+CPIN=\"1234\"") == 1 }
                // Forty minutes of looking again, with a replug between them.
                let end = rig.time.elapsed + .seconds(1_200)
                try await rig.until("time has passed") { rig.time.elapsed >= end }
                modem.unplug()
                try await rig.settle()
                modem.plug()
                let later = rig.time.elapsed + .seconds(1_200)
                try await rig.until("time has passed again") { rig.time.elapsed >= later }
                #expect(modem.count(of: "AT+CPIN=\"1234\"") == 1)
            }
        }
    }
}
