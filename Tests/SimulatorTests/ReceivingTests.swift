import SMS
import Testing

@testable import Simulator

@Suite struct ReceivingTests {
    @Test func `A stored text is announced, listed as unread, and read from then on`() {
        var bench = Bench()
        _ = bench.type("AT+CNMI=2,1,0,0,0\r")
        bench.text("hello")
        #expect(bench.look() == "\r\n+CMTI: \"SM\",1\r\n")
        let listed = bench.type("AT+CMGL=0\r")
        #expect(listed.contains("+CMGL: 1,0,,24\r\n"))
        #expect(bench.type("AT+CMGL=0\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CMGR=1\r").contains("+CMGR: 1,,24"))
        #expect(bench.type("AT+CMGD=1\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CMGL=4\r") == "\r\nOK\r\n")
    }

    @Test func `Location 0 is Huawei's first`() {
        var bench = Bench(.e3531)
        _ = bench.type("AT+CNMI=2,1,0,0,0\r")
        bench.text("hello")
        #expect(bench.look().contains("+CMTI: \"SM\",0"))
    }

    @Test func `A full card keeps the rest in the network until there is room`() {
        var bench = Bench(.e3531)
        bench.fault(.capacity(.card, 2))
        _ = bench.type("AT+CNMI=1,1,0,0,0\r")
        for text in ["one", "two", "three", "four"] { bench.text(text) }
        let seen = bench.look()
        #expect(seen.contains("+CMTI: \"SM\",1"))
        #expect(!seen.contains("+CMTI: \"SM\",2"))
        #expect(seen.contains("^SMMEMFULL: \"SM\""))
        #expect(bench.network.waiting(for: Bench.number) == 2)
        // Nothing more is announced while it is full.
        bench.advance(by: .seconds(600))
        #expect(bench.look() == "")
        _ = bench.type("AT+CMGD=0\r")
        bench.advance(by: .seconds(1))
        #expect(bench.network.waiting(for: Bench.number) == 1)
        _ = bench.type("AT+CMGD=0,4\r")
        bench.advance(by: .seconds(1))
        #expect(bench.network.waiting(for: Bench.number) == 0)
        #expect(bench.modem.store.used(.card) == 1)
    }

    @Test func `Mode 0 keeps indications back and another mode lets them out`() {
        var bench = Bench()
        _ = bench.type("AT+CNMI=0,1,0,0,0\r")
        bench.text("one")
        bench.text("two")
        #expect(bench.look() == "")
        #expect(bench.type("AT+CNMI=2,1,0,0,0\r") == "\r\nOK\r\n\r\n+CMTI: \"SM\",1\r\n\r\n+CMTI: \"SM\",2\r\n")
    }

    @Test func `The last value of CNMI drops what was kept back`() {
        var bench = Bench()
        bench.text("one")
        #expect(bench.type("AT+CNMI=2,1,0,0,1\r") == "\r\nOK\r\n")
        #expect(bench.modem.store.used(.card) == 1)
    }

    @Test func `Direct routing shows the PDU and stores nothing`() throws {
        var bench = Bench()
        _ = bench.type("AT+CNMI=2,2,0,0,0\r")
        bench.text("hello")
        let lines = bench.look().split(separator: "\r\n").map(String.init)
        #expect(lines.count == 2)
        #expect(lines[0] == "+CMT: ,24")
        let pdu = try ModemPDU(hex: lines[1], direction: .toMobile)
        guard case .deliver(let deliver) = pdu.tpdu else { throw UnexpectedTPDU() }
        #expect(deliver.userData.text == "hello")
        #expect(deliver.originatingAddress.text == Bench.outside)
        #expect(bench.modem.store.used(.card) == 0)
    }

    @Test func `With CSMS=1 the next text waits for CNMA`() {
        var bench = Bench()
        _ = bench.type("AT+CSMS=1;+CNMI=2,2,0,1,0\r")
        bench.text("one")
        bench.text("two")
        #expect(bench.look().components(of: "+CMT: ").count == 1)
        #expect(bench.network.waiting(for: Bench.number) == 2)
        #expect(bench.type("AT+CNMA\r") == "\r\nOK\r\n")
        bench.advance(by: .seconds(1))
        #expect(bench.look().components(of: "+CMT: ").count == 1)
        #expect(bench.type("AT+CNMA=0\r") == "\r\nOK\r\n")
        #expect(bench.network.waiting(for: Bench.number) == 0)
        #expect(bench.type("AT+CNMA\r") == "\r\n+CMS ERROR: 340\r\n")
    }

    @Test func `Without CNMA direct routing ends after fifteen seconds and the text is kept`() {
        var bench = Bench()
        _ = bench.type("AT+CSMS=1;+CNMI=2,2,0,1,0\r")
        bench.text("one")
        _ = bench.look()
        bench.advance(by: .seconds(16))
        #expect(bench.type("AT+CNMI?\r").contains("+CNMI: 2,0,0,0,0"))
        bench.advance(by: .seconds(15))
        #expect(bench.modem.store.used(.card) == 1)
        #expect(bench.network.waiting(for: Bench.number) == 0)
    }

    @Test func `CNMA with a length takes a report of the terminal's own`() {
        var bench = Bench()
        _ = bench.type("AT+CSMS=1;+CNMI=2,2,0,1,0\r")
        bench.text("one")
        #expect(bench.type("AT+CNMA=1,2\r").hasSuffix("\r\n> "))
        #expect(bench.type("0000\u{1A}") == "\r\nOK\r\n")
        #expect(bench.network.waiting(for: Bench.number) == 0)
    }

    @Test(arguments: [("generic", "+CDS: "), ("mf823", "+CDS: ,")])
    func `A status report comes by CDS`(name: String, header: String) throws {
        var bench = Bench(try #require(Personality.named(name)))
        _ = bench.type("AT+CNMI=1,1,0,1,0\r")
        #expect(try bench.send("hello", report: true).contains("+CMGS: 1"))
        bench.advance(by: .seconds(1))
        let lines = bench.look().split(separator: "\r\n").map(String.init)
        #expect(lines[0].hasPrefix(header))
        guard case .statusReport(let report) = try ModemPDU(hex: lines[1], direction: .toMobile).tpdu else { throw UnexpectedTPDU() }
        #expect(report.messageReference == 1)
        #expect(report.status == .delivered)
        #expect(report.recipientAddress.text == Bench.outside)
    }

    @Test(arguments: [("generic", "SR"), ("e3531", "SM")])
    func `A status report by CDSI lies where the model keeps reports`(name: String, memory: String) throws {
        var bench = Bench(try #require(Personality.named(name)))
        _ = bench.type("AT+CNMI=2,1,0,2,0\r")
        _ = try bench.send("hello", report: true)
        bench.advance(by: .seconds(1))
        #expect(bench.look().contains("+CDSI: \"\(memory)\","))
        #expect(bench.type("AT+CPMS=\"\(memory)\"\r").contains("+CPMS: 1,"))
    }

    @Test func `Text mode shows sender and text`() {
        var bench = Bench()
        _ = bench.type("AT+CMGF=1;+CNMI=2,2,0,0,0\r")
        bench.text("hello", from: "MyBank")
        #expect(bench.look() == "\r\n+CMT: \"MyBank\",,\"26/11/21,01:00:00+04\"\r\nhello\r\n")
    }

    @Test func `A modem that is off gets its texts when it is on again`() {
        var bench = Bench()
        _ = bench.type("AT+CFUN=4;+CNMI=2,1,0,0,0\r")
        bench.text("one")
        #expect(bench.look() == "")
        #expect(bench.type("AT+CFUN=1\r").contains("OK"))
        bench.advance(by: .seconds(1))
        #expect(bench.modem.store.used(.card) == 1)
    }
}

struct UnexpectedTPDU: Error {}

extension String {
    /// The places at which `part` stands.
    func components(of part: String) -> [String.Index] {
        indices.filter { self[$0...].hasPrefix(part) }
    }
}
