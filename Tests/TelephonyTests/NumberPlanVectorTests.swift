import Foundation
import Testing

@testable import Telephony

/// Answers of libphonenumber, see Scripts/number-vectors.py.
@Suite struct NumberPlanVectorTests {
    @Test func `numbers as people write them become the E.164 form of libphonenumber`() throws {
        for row in try rows("parsing.tsv") {
            let plan = try #require(NumberPlan(country: row[0]))
            #expect(plan.normalise(row[1]) == .number(row[2]), "\(row)")
        }
    }

    @Test func `kinds and regions of numbers are those of libphonenumber`() throws {
        let plan = try #require(NumberPlan(country: "CH"))
        for row in try rows("parsing.tsv") {
            #expect(plan.kind(of: row[2])?.rawValue ?? "-" == row[3], "\(row)")
            #expect(plan.region(of: row[2]) ?? "-" == row[4], "\(row)")
        }
    }

    @Test func `short numbers mean in each country what libphonenumber says`() throws {
        for row in try rows("short.tsv") {
            let plan = try #require(NumberPlan(country: row[0]))
            for answer in row[1].split(separator: " ") {
                let parts = answer.split(separator: "=", omittingEmptySubsequences: false)
                let code = Address.shortCode(String(parts[0]))
                let isEverywhere = parts[0] == "112" || parts[0] == "911"
                #expect(plan.isEmergency(code) == (parts[1].contains("E") || isEverywhere), "\(row[0]) \(answer)")
                #expect(plan.isPremium(code) == parts[1].contains("P"), "\(row[0]) \(answer)")
                if parts[1].contains("S"), plan.kind(of: "+\(String(decoding: plan.home.code, as: UTF8.self))\(parts[0])") == nil {
                    #expect(plan.normalise(code.text) == code, "\(row[0]) \(answer)")
                }
            }
        }
    }

    @Test func `each field has its letter`() {
        #expect(RegionMetadata.Field.letters.count == RegionMetadata.Field.allCases.count)
        #expect(Set(RegionMetadata.Field.letters).count == RegionMetadata.Field.allCases.count)
    }

    private func rows(_ name: String) throws -> [[String]] {
        let vectors = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/numbers")
        let rows = try String(contentsOf: vectors.appending(path: name), encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        try #require(rows.count > 200)
        return rows.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
