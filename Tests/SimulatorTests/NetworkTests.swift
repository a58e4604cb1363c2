import SMS
import Testing

@testable import Simulator

@Suite struct NetworkTests {
    private let long = String(repeating: "one message in three segments ", count: 12)

    private func received(_ bench: inout Bench) throws -> [Deliver] {
        try received(bench.look())
    }

    private func received(_ screen: String) throws -> [Deliver] {
        try screen.split(separator: "\r\n").filter { $0.count > 20 && $0.allSatisfy(\.isHexDigit) }.compactMap {
            if case .deliver(let deliver) = try ModemPDU(hex: $0, direction: .toMobile).tpdu { deliver } else { nil }
        }
    }

    private func direct() -> Bench {
        var bench = Bench()
        _ = bench.type("AT+CNMI=2,2,0,1,0\r")
        return bench
    }

    private func sequences(_ delivers: [Deliver]) -> [UInt8] {
        delivers.compactMap { $0.userData.header?.concatenation?.sequence }
    }

    @Test(arguments: [
        ([AirFault](), [1, 2, 3] as [UInt8]), ([.duplicateSegment(2)], [1, 2, 2, 3]), ([.missingSegment(2)], [1, 3]), ([.reversed], [3, 2, 1]),
    ])
    func `Segments come as the air has them`(faults: [AirFault], expected: [UInt8]) throws {
        var bench = direct()
        for fault in faults { bench.tell(CellularNetwork.Event.fault(fault)) }
        bench.text(long)
        #expect(try sequences(received(&bench)) == expected)
        bench.text(long)
        #expect(try sequences(received(&bench)) == [1, 2, 3])
    }

    @Test func `The coding is wrong, once`() throws {
        var bench = direct()
        bench.tell(CellularNetwork.Event.fault(.wrongCoding))
        bench.text("hello")
        bench.text("hello")
        #expect(try received(&bench).map(\.dataCodingScheme) == [.ucs2, .gsm7])
    }

    @Test func `A zone in the west is written as one`() throws {
        var bench = direct()
        _ = bench.type("AT+CTZR=1\r")
        bench.tell(CellularNetwork.Event.fault(.zone(-24)))
        #expect(bench.look() == "\r\n+CTZV: -24\r\n")
        #expect(bench.type("AT+CCLK?\r").contains("\"26/11/20,18:00:00-24\""))
        bench.text("hello")
        #expect(try received(&bench).first?.serviceCentreTimestamp.zoneQuarterHours == -24)
    }

    @Test func `A long message is put together outside, and a double send shows`() throws {
        var bench = Bench()
        _ = try bench.send(long)
        #expect(bench.sent.map(\.text) == [long])
        #expect(bench.sent.first?.references == [1: 1, 2: 2, 3: 3])
        _ = try bench.send(long)
        #expect(bench.sent.count == 2)
    }

    @Test(arguments: [
        (ReportPolicy.delivered(after: .seconds(1)), [0x00] as [UInt8]), (.failed(after: .seconds(1)), [0x46]),
        (.delayed(after: .seconds(1)), [0x21, 0x00]), (.none, []),
    ])
    func `Reports are as ordered`(policy: ReportPolicy, statuses: [UInt8]) throws {
        var bench = direct()
        bench.tell(CellularNetwork.Event.reports(policy))
        _ = try bench.send("hello", report: true)
        #expect(bench.look() == "")
        bench.advance(by: .seconds(5))
        let seen = try bench.look().split(separator: "\r\n").filter { !$0.hasPrefix("+") }.map { line -> UInt8 in
            guard case .statusReport(let report) = try ModemPDU(hex: line, direction: .toMobile).tpdu else { throw UnexpectedTPDU() }
            return report.status.octet
        }
        #expect(seen == statuses)
    }

    @Test(arguments: [
        (OutsidePhone.echo, "Are you there?"), (.script([.init(hears: "THERE", replies: "yes"), .init(hears: "", replies: "what?")]), "yes"),
        (.script([.init(hears: "", replies: "what?")]), "what?"),
    ])
    func `A phone outside answers`(phones: OutsidePhone, reply: String) throws {
        var bench = direct()
        bench.tell(CellularNetwork.Event.phones(phones, delay: .seconds(2)))
        _ = try bench.send("Are you there?")
        bench.advance(by: .seconds(3))
        let answer = try received(&bench)
        #expect(answer.map(\.userData.text) == [reply])
        #expect(answer.map(\.originatingAddress.text) == [Bench.outside])
    }

    @Test func `A text to another line of the network arrives there`() throws {
        var bench = direct()
        let screen = try bench.send("to myself 😀", to: Bench.number)
        #expect(try received(screen).map(\.userData.text) == ["to myself 😀"])
    }

    @Test func `The network refuses with a cause of its own`() throws {
        var bench = Bench()
        bench.tell(CellularNetwork.Event.fault(.refuse(cause: 42, times: 1)))
        #expect(try bench.send("hello").hasSuffix("+CMS ERROR: 42\r\n"))
        #expect(try bench.send("hello").hasSuffix("OK\r\n"))
        #expect(bench.sent.count == 1)
    }

    @Test func `What cannot be written is said and not sent`() {
        var network = CellularNetwork()
        let outputs = network.handle(.event(.text(from: "a name that is too long", to: Bench.number, text: "x", at: 0)))
        #expect(outputs.count == 1)
        guard case .effect(.unsendable) = outputs[0] else {
            Issue.record("a reason expected")
            return
        }
    }
}
