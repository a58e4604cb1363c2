import SMS
import Testing

@testable import Simulator

@Suite struct FaultTests {
    @Test func `Hung, it says nothing; afterwards it does, and what was typed is forgotten`() {
        var bench = Bench()
        bench.fault(.hang(for: .seconds(5)))
        #expect(bench.type("AT\rAT+C") == "")
        bench.advance(by: .seconds(6))
        #expect(bench.type("AT\r") == "\r\nOK\r\n")
    }

    @Test(arguments: [1, 17, 40])
    func `The cable comes out in the middle of a PDU and nothing is sent`(octets: Int) {
        var bench = Bench()
        bench.fault(.disconnect(afterTextOctets: octets, for: .seconds(2)))
        _ = bench.type("AT+CMGS=19\r")
        #expect(bench.type("0011000B915155214365F70000A705C8329BFD06\u{1A}") == "")
        #expect(bench.plugs == [.unplugged])
        bench.advance(by: .seconds(3))
        #expect(bench.plugs == [.unplugged, .plugged])
        #expect(bench.sent.isEmpty)
        #expect(bench.type("ATE0\r").hasSuffix("OK\r\n"))
    }

    @Test func `Gone, it keeps its messages and the network keeps new ones`() {
        var bench = Bench()
        bench.text("before")
        bench.fault(.vanish(for: nil))
        bench.text("meanwhile")
        #expect(bench.network.waiting(for: Bench.number) == 1)
        bench.fault(.plug)
        bench.advance(by: .seconds(1))
        #expect(bench.modem.store.used(.card) == 1)
        bench.advance(by: .seconds(3))
        #expect(bench.modem.store.used(.card) == 2)
    }

    @Test(arguments: [("", 0), ("ATE0;+CNMI=2,1,0,2,0\r", 1), ("ATE0;+CNMI=2,1,0,1,0\r", 1)])
    func `A report that waited is handed to a terminal that set the modem up in time, and to nobody otherwise`(settings: String, handed: Int) throws {
        var bench = Bench()
        bench.tell(CellularNetwork.Event.reports(.delivered(after: .seconds(1))))
        _ = try bench.send("hello", report: true)
        bench.fault(.vanish(for: .seconds(3)))
        bench.advance(by: .milliseconds(3500))
        _ = bench.type(settings)
        #expect(bench.type("AT+CREG?\r").contains("+CREG: 0,2"))
        bench.advance(by: .seconds(3))
        #expect(bench.network.waiting(for: Bench.number) == 0)
        #expect(bench.look().split(separator: "\r\n").count { $0.hasPrefix("+CDS") } == handed)
    }

    @Test func `A report that was not acknowledged before the cable came out is handed over again, once`() throws {
        let settings = "ATE0;+CSMS=1;+CNMI=2,1,0,1,0\r"
        var bench = Bench()
        _ = bench.type(settings)
        _ = try bench.send("hello", report: true)
        bench.advance(by: .seconds(1))
        #expect(bench.look().contains("+CDS"))
        bench.fault(.vanish(for: .seconds(1)))
        bench.advance(by: .milliseconds(1500))
        _ = bench.type(settings)
        bench.advance(by: .seconds(3))
        #expect(bench.look().contains("+CDS"))
        #expect(bench.type("AT+CNMA=0\r") == "\r\nOK\r\n")
        bench.advance(by: .seconds(30))
        #expect(bench.look() == "")
    }

    @Test func `Trickling, every octet goes alone`() {
        var bench = Bench()
        bench.fault(.trickle(every: .milliseconds(1)))
        let before = bench.transmissions.count
        _ = bench.type("AT\r")
        bench.advance(by: .milliseconds(20))
        #expect(bench.look() == "\r\nOK\r\n")
        #expect(bench.transmissions[before...].allSatisfy { $0.count == 1 })
    }

    @Test func `A storm blows each second until it is healed`() {
        var bench = Bench()
        bench.fault(.storm(line: "^BOOT:1", every: .seconds(1)))
        bench.advance(by: .milliseconds(3500))
        #expect(bench.look() == String(repeating: "\r\n^BOOT:1\r\n", count: 3))
        bench.fault(.heal)
        bench.advance(by: .seconds(5))
        #expect(bench.look() == "")
    }

    @Test func `A line bursts into the middle of an answer, once`() {
        var bench = Bench()
        bench.text("hello")
        bench.fault(.interrupt(line: "RING"))
        let listed = bench.type("AT+CMGL=4\r")
        #expect(listed.contains("+CMGL: 1,0,,24\r\n\r\nRING\r\n"))
        #expect(!bench.type("AT+CMGL=4\r").contains("RING"))
    }

    @Test func `The index is negative, once`() {
        var bench = Bench()
        _ = bench.type("AT+CNMI=2,1,0,0,0\r")
        bench.fault(.negativeIndex)
        bench.text("one")
        bench.text("two")
        #expect(bench.look() == "\r\n+CMTI: \"SM\",-1\r\n\r\n+CMTI: \"SM\",2\r\n")
    }

    @Test func `The prompt comes late`() throws {
        var bench = Bench()
        bench.fault(.latePrompt(after: .seconds(3)))
        #expect(bench.type("AT+CMGS=10\r") == "")
        bench.advance(by: .seconds(4))
        #expect(bench.look() == "\r\n> ")
    }

    @Test func `The prompt never comes, and ESC frees the modem`() {
        var bench = Bench()
        bench.fault(.missingPrompt)
        #expect(bench.type("AT+CMGS=10\r") == "")
        #expect(bench.type("AT\r") == "")
        #expect(bench.type("\u{1B}AT\r") == "\r\nOK\r\n\r\nOK\r\n")
        #expect(bench.sent.isEmpty)
    }

    @Test func `The prompt does not end with Ctrl-Z, and ESC frees the modem`() throws {
        var bench = Bench()
        bench.fault(.endlessPrompt)
        #expect(try bench.send("hello") == "\r\n> ")
        #expect(bench.type("\u{1B}") == "\r\nOK\r\n")
        #expect(bench.sent.isEmpty)
    }

    @Test func `The answer is lost though the network has the message`() throws {
        var bench = Bench()
        bench.fault(.loseAnswer(times: 1))
        #expect(try bench.send("hello") == "\r\n> ")
        #expect(bench.sent.map(\.text) == ["hello"])
        #expect(bench.type("AT\r") == "\r\nOK\r\n")
    }

    @Test func `The answer comes late, after the network has the message, until the modem is healed`() throws {
        var bench = Bench()
        bench.fault(.lateAnswer(after: .seconds(3)))
        #expect(try bench.send("hello") == "\r\n> ")
        #expect(bench.sent.map(\.text) == ["hello"])
        #expect(bench.type("AT\r") == "")
        bench.advance(by: .seconds(4))
        #expect(bench.look() == "\r\n+CMGS: 1\r\n\r\nOK\r\n\r\nOK\r\n")
        #expect(try bench.send("again") == "\r\n> ")
        bench.fault(.heal)
        #expect(bench.look() == "\r\n+CMGS: 2\r\n\r\nOK\r\n")
    }

    @Test func `A late answer is never given when the modem restarts meanwhile`() throws {
        var bench = Bench()
        bench.fault(.lateAnswer(after: .seconds(3)))
        _ = try bench.send("hello")
        bench.fault(.reboot(silence: .milliseconds(100)))
        bench.advance(by: .seconds(10))
        #expect(!bench.look().contains("+CMGS"))
    }

    @Test func `Sends are refused as often as asked`() throws {
        var bench = Bench()
        _ = bench.type("AT+CMEE=1\r")
        bench.fault(.refuse(.message(38), times: 2))
        #expect(try bench.send("one").hasSuffix("+CMS ERROR: 38\r\n"))
        #expect(try bench.send("one").hasSuffix("+CMS ERROR: 38\r\n"))
        #expect(try bench.send("one").hasSuffix("OK\r\n"))
        bench.fault(.refuse(.equipment(14), times: 1))
        #expect(try bench.send("two").hasSuffix("+CME ERROR: 14\r\n"))
        #expect(bench.sent.map(\.text) == ["one"])
    }

    @Test func `A reboot is silent, shows its banner and echoes again`() {
        var bench = Bench(.sim800)
        bench.fault(.reboot(silence: .seconds(2)))
        #expect(bench.type("AT\r") == "")
        bench.advance(by: .seconds(3))
        #expect(bench.look().contains("Call Ready\r\n"))
        #expect(bench.type("AT\r").hasPrefix("AT\r"))
    }

    @Test func `Echo switches itself on`() {
        var bench = Bench()
        bench.fault(.echo)
        #expect(bench.type("AT\r") == "AT\r\r\nOK\r\n")
    }

    @Test func `Noise comes through as it is`() {
        var bench = Bench()
        bench.fault(.noise(Array("\u{00}~\r\r\n".utf8)))
        #expect(bench.look() == "\u{00}~\r\r\n")
    }

    @Test func `Lost coverage is announced and nothing arrives until it is back`() {
        var bench = Bench()
        _ = bench.type("AT+CREG=1;+CNMI=2,1,0,0,0\r")
        bench.fault(.coverage(2))
        bench.text("hello")
        #expect(bench.look() == "\r\n+CREG: 2\r\n")
        bench.fault(.coverage(1))
        bench.advance(by: .seconds(1))
        #expect(bench.look().contains("+CMTI"))
    }

    @Test func `Made new, the card is as it was and the memories are empty`() {
        var bench = Bench()
        bench.text("hello")
        bench.fault(.card(.pin(tries: 0)))
        bench.fault(.factory)
        #expect(bench.modem.sim.trouble == nil)
        #expect(bench.modem.store.used(.card) == 0)
        #expect(bench.modem.isAttached)
    }
}
