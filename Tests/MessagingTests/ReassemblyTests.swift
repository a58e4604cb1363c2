import SMS
import Telephony
import Testing

@testable import Messaging

@Suite struct ReassemblyTests {
    @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1], [1, 1, 2, 3, 3], [3, 1, 3, 2, 2]] as [[UInt8]])
    func `segments in any order, also twice, are one message`(sequences: [UInt8]) throws {
        let receipts = try sequences.enumerated().map { try receipt(UInt64($0 + 1), segment($1, of: 3, ["a", "b", "c"][Int($1) - 1]), at: Int64($0)) }
        let interpretations = try interpret(receipts, at: 10)
        #expect(interpretations.map(\.text) == ["abc"])
        #expect(interpretations.first?.receipts == receipts.map(\.id))
    }

    @Test func `255 segments are one message`() throws {
        let order = (1...255).map { UInt8($0) }.sorted { $0 &* 97 < $1 &* 97 }
        let receipts = try order.enumerated().map { try receipt(UInt64($0), segment($1, of: 255, "<\($1)>", reference: .long(40000)), at: Int64($0)) }
        #expect(try interpret(receipts).map(\.text) == [(1...255).map { "<\($0)>" }.joined()])
    }

    @Test func `a missing segment is waited for, and marked when it does not come`() throws {
        let receipts = try [receipt(1, segment(1, of: 3, "a"), at: 0), receipt(2, segment(3, of: 3, "c"), at: 100)]
        #expect(try interpret(receipts, at: 100) == [Interpretation(receipts: ids(1, 2), meaning: .incomplete(until: at(700)))])
        #expect(try interpret(receipts, at: 699).map(\.text) == [nil])
        #expect(try interpret(receipts, at: 700).map(\.text) == ["a [part 2/3 missing] c"])
    }

    @Test(arguments: [
        ([1, 2], 5, "1 2 [parts 3-5/5 missing]"), ([5], 5, "[parts 1-4/5 missing] 5"), ([2, 4], 5, "[part 1/5 missing] 2 [part 3/5 missing] 4 [part 5/5 missing]"),
    ] as [([UInt8], UInt8, String)])
    func `marks say which segments are missing`(sequences: [UInt8], total: UInt8, text: String) throws {
        let receipts = try sequences.map { try receipt(UInt64($0), segment($0, of: total, "\($0)")) }
        #expect(try interpret(receipts, at: 600).first?.text == text.replacing("1 2", with: "12"))
    }

    @Test func `a duplicate does not prolong the wait`() throws {
        let receipts = try [receipt(1, segment(1, of: 2, "a"), at: 0), receipt(2, segment(1, of: 2, "a"), at: 500)]
        #expect(try interpret(receipts, at: 500) == [Interpretation(receipts: ids(1, 2), meaning: .incomplete(until: at(600)))])
    }

    @Test func `a message that ran out of time does not swallow a new one with its reference`() throws {
        let receipts = try [
            receipt(1, segment(1, of: 2, "old"), at: 0), receipt(2, segment(2, of: 2, "new2", stamped: 600), at: 600),
            receipt(3, segment(1, of: 2, "new1", stamped: 600), at: 601),
        ]
        #expect(try interpret(receipts, at: 601).map(\.text) == ["old [part 2/2 missing]", "new1new2"])
    }

    @Test func `the same number again with another text is another message`() throws {
        let receipts = try [
            receipt(1, segment(1, of: 2, "a1")), receipt(2, segment(1, of: 2, "b1", stamped: 10)), receipt(3, segment(2, of: 2, "a2", stamped: 1)),
            receipt(4, segment(2, of: 2, "b2", stamped: 11)),
        ]
        let interpretations = try interpret(receipts)
        #expect(interpretations.map(\.text) == ["a1a2", "b1b2"])
        #expect(interpretations.map(\.receipts) == [ids(1, 3), ids(2, 4)])
    }

    @Test func `after a complete message its reference is free`() throws {
        let receipts = try [
            receipt(1, segment(1, of: 2, "a1")), receipt(2, segment(2, of: 2, "a2")), receipt(3, segment(2, of: 2, "b2", stamped: 5)),
            receipt(4, segment(1, of: 2, "b1", stamped: 5)), receipt(5, segment(1, of: 2, "a1")),
        ]
        let interpretations = try interpret(receipts)
        #expect(interpretations.map(\.text) == ["a1a2", "b1b2"])
        #expect(interpretations.map(\.receipts) == [ids(1, 2, 5), ids(3, 4)])
    }

    @Test func `what a phone that was off gets all at once is told apart by the times of sending`() throws {
        let receipts = try [
            receipt(1, segment(1, of: 2, "morning1", stamped: -36000), at: 0), receipt(2, segment(2, of: 2, "evening2", stamped: -60), at: 1),
            receipt(3, segment(1, of: 2, "evening1", stamped: -61), at: 2), receipt(4, segment(2, of: 2, "morning2", stamped: -35999), at: 3),
        ]
        #expect(try interpret(receipts, at: 3).map(\.text) == ["morning1morning2", "evening1evening2"])
    }

    @Test func `senders, totals, references and their widths are told apart`() throws {
        let other = try SMS.Address(number: "+41797654321")
        let national = try SMS.Address(digits: "0791234567", type: .national)
        let receipts = try [
            receipt(1, segment(1, of: 2, "a")), receipt(2, segment(2, of: 2, "b", from: other)), receipt(3, segment(2, of: 2, "c", from: national)),
            receipt(4, segment(2, of: 3, "d")), receipt(5, segment(2, of: 2, "e", reference: .short(8))), receipt(6, segment(2, of: 2, "f", reference: .long(7))),
        ]
        let interpretations = try interpret(receipts)
        #expect(interpretations.map(\.receipts) == (1...6).map { ids($0) })
        #expect(interpretations.allSatisfy { $0.meaning == .incomplete(until: at(600)) })
    }

    @Test(arguments: [(0, 2), (3, 2), (1, 0), (1, 1), (0, 0), (255, 254)] as [(UInt8, UInt8)])
    func `a number that can't be is passed through as a message of its own`(sequence: UInt8, total: UInt8) throws {
        let receipts = try [receipt(1, segment(sequence, of: total, "as it is")), receipt(2, segment(sequence, of: total, "as it is"))]
        #expect(try interpret(receipts).map(\.text) == ["as it is", "as it is"])
    }

    @Test func `an emoji that the sender cut in two is whole again`() throws {
        func half(_ sequence: UInt8, _ units: [UInt8]) throws -> [UInt8] {
            let header = UserDataHeader([.concatenation(Concatenation(reference: .short(1), total: 2, sequence: sequence))])
            return try deliver(UserData(octets: units, header: header), coding: 0x08)
        }
        let receipts = try [receipt(1, half(1, [0x00, 0x61, 0xD8, 0x3D])), receipt(2, half(2, [0xDE, 0x80, 0x00, 0x62]))]
        #expect(try interpret(receipts).map(\.text) == ["a🚀b"])
    }

    @Test func `segments in different alphabets are one text`() throws {
        let header = UserDataHeader([.concatenation(Concatenation(reference: .short(7), total: 2, sequence: 2))])
        let receipts = try [receipt(1, segment(1, of: 2, "plain ")), receipt(2, deliver(UserData(ucs2: "и нет", header: header)))]
        #expect(try interpret(receipts).map(\.text) == ["plain и нет"])
    }

    @Test func `a sender with very many messages under way loses nothing`() throws {
        var receipts = try (0..<100).map { try receipt(UInt64($0), segment(1, of: 2, "<\($0)>", stamped: Int64($0))) }
        receipts.append(try receipt(100, segment(2, of: 2, "end", stamped: 99)))
        let texts = try interpret(receipts, at: 600).map(\.text)
        #expect(texts == (0..<99).map { "<\($0)> [part 2/2 missing]" } + ["<99>end"])
    }
}
