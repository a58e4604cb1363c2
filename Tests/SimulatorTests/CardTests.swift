import Testing

@testable import Simulator

@Suite struct CardTests {
    private func locked(_ personality: Personality = .generic) -> Bench {
        var bench = Bench(personality, sim: SIMCard(number: Bench.number, isLocked: true))
        _ = bench.type("AT+CMEE=1\r")
        return bench
    }

    @Test func `Before the PIN little works, after it everything does`() {
        var bench = locked()
        #expect(bench.type("AT+CPIN?\r") == "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n")
        #expect(bench.type("AT+CIMI\r") == "\r\n+CME ERROR: 11\r\n")
        #expect(bench.type("AT+CMGL=4\r") == "\r\n+CMS ERROR: 311\r\n")
        #expect(bench.type("AT+CREG?\r").contains("+CREG: 0,0"))
        #expect(bench.type("AT+CPIN=\"1234\"\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CPIN?\r").contains("READY"))
        #expect(bench.type("AT+CREG?\r").contains("+CREG: 0,1"))
    }

    /// Three wrong PINs, ten wrong PUKs: the counter of every vendor goes down with them.
    @Test(arguments: [
        ("generic", "AT+CPINR\r", "SIM PIN,2,3", "SIM PUK,9,10"), ("e3531", "AT^CPIN?\r", "SIM PIN,2,10,2", "SIM PUK,9,9,0"),
        ("ec25", "AT+QPINC?\r", "\"SC\",2,10", "\"SC\",0,9"), ("sim7600", "AT+SPIC\r", "+SPIC: 2,3,10", "+SPIC: 0,3,9"),
        ("mc7455", "AT+CPINC?\r", "+CPINC: 2,3,10", "+CPINC: 0,3,9"), ("mf823", "AT+ZPINPUK=?\r", "+ZPINPUK: 2,10", "+ZPINPUK: 0,9"),
    ])
    func `The tries are counted where the vendor tells them`(name: String, command: String, afterPIN: String, afterPUK: String) throws {
        var bench = locked(try #require(Personality.named(name)))
        #expect(bench.type("AT+CPIN=\"0000\"\r") == "\r\n+CME ERROR: 16\r\n")
        #expect(bench.type(command).contains(afterPIN))
        _ = bench.type("AT+CPIN=\"0000\"\r")
        #expect(bench.type("AT+CPIN=\"0000\"\r") == "\r\n+CME ERROR: 12\r\n")
        #expect(bench.type("AT+CPIN?\r").contains("SIM PUK"))
        #expect(bench.type("AT+CPIN=\"1234\"\r") == "\r\n+CME ERROR: 12\r\n")
        _ = bench.type("AT+CPIN=\"00000000\",\"4321\"\r")
        #expect(bench.type(command).contains(afterPUK))
        #expect(bench.type("AT+CPIN=\"12345678\",\"4321\"\r") == "\r\nOK\r\n")
        #expect(bench.modem.sim.pinTries == 3)
        #expect(bench.modem.sim.pukTries == 10)
    }

    @Test func `Ten wrong PUKs end the card`() {
        var bench = locked()
        bench.fault(.card(.pin(tries: 0)))
        for _ in 0..<10 { _ = bench.type("AT+CPIN=\"00000000\",\"1111\"\r") }
        #expect(bench.type("AT+CPIN?\r") == "\r\n+CME ERROR: 13\r\n")
        #expect(bench.type("AT+CPIN=\"12345678\",\"1111\"\r") == "\r\n+CME ERROR: 13\r\n")
    }

    @Test func `The lock is switched and the PIN changed with the right PIN only`() {
        var bench = locked()
        _ = bench.type("AT+CPIN=\"1234\"\r")
        #expect(bench.type("AT+CLCK=\"SC\",2\r").contains("+CLCK: 1"))
        #expect(bench.type("AT+CLCK=\"SC\",0,\"9999\"\r") == "\r\n+CME ERROR: 16\r\n")
        #expect(bench.type("AT+CPWD=\"SC\",\"1234\",\"2222\"\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CLCK=\"SC\",0,\"2222\"\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CLCK=\"SC\",2\r").contains("+CLCK: 0"))
    }

    @Test(arguments: [(Fault.CardFault.absent, "10", "310"), (.busy, "14", "314"), (.pin(tries: 3), "11", "311"), (.pin(tries: 0), "12", "316")])
    func `A card in trouble says which in both number ranges`(fault: Fault.CardFault, equipment: String, message: String) {
        var bench = Bench()
        _ = bench.type("AT+CMEE=1\r")
        bench.fault(.card(fault))
        #expect(bench.type("AT+CIMI\r") == "\r\n+CME ERROR: \(equipment)\r\n")
        #expect(bench.type("AT+CMGF=0\r") == "\r\n+CMS ERROR: \(message)\r\n")
        #expect(bench.type("AT+CSQ\r").contains("99,99"))
    }

    @Test func `A restart asks for the PIN again`() {
        var bench = locked()
        _ = bench.type("AT+CPIN=\"1234\"\r")
        #expect(bench.type("AT+CFUN=1,1\r") == "\r\nOK\r\n")
        #expect(bench.type("AT\r") == "")
        bench.advance(by: .seconds(1))
        #expect(bench.type("ATE0\r").hasSuffix("OK\r\n"))
        #expect(bench.type("AT+CPIN?\r").contains("SIM PIN"))
    }
}
