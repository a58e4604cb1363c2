import Testing

@testable import Simulator

@Suite struct CommandTests {
    struct Exchange: CustomTestStringConvertible, Sendable {
        let rule: String
        let typed: String
        let answer: String
        var personality = "generic"
        var testDescription: String { rule }

        init(_ rule: String, _ typed: String, _ answer: String, on personality: String = "generic") {
            self.rule = rule
            self.typed = typed
            self.answer = answer
            self.personality = personality
        }
    }

    static let ok = "\r\nOK\r\n"
    static let exchanges: [Exchange] = [
        Exchange("a bare AT is answered", "AT\r", ok),
        Exchange("a line feed after the carriage return changes nothing", "AT\r\nAT\r\n", ok + ok),
        Exchange("lower case is as good", "at+csq\r", "\r\n+CSQ: 21,99\r\n" + ok),
        Exchange("noise before AT is ignored", "\u{01}xyz\u{7F}AT\r", ok),
        Exchange("a line without AT is not answered", "hello\r", ""),
        Exchange("backspace takes one character back", "ATX\u{08}\r", ok),
        Exchange("basic commands need no separator", "ATE0V1Q0&C1&D2S0=0\r", ok),
        Exchange("a semicolon joins commands", "AT+CMEE=1;+CMEE?\r", "\r\n+CMEE: 1\r\n" + ok),
        Exchange("a semicolon in quotes joins nothing", "AT+CSCA=\"+1;2\";+CSCA?\r", "\r\n+CSCA: \"+1;2\",145\r\n" + ok),
        Exchange("the first error ends the line", "AT+CSQ;+NOPE;+CSQ\r", "\r\n+CSQ: 21,99\r\n\r\nERROR\r\n"),
        Exchange("ATV0 makes results numbers", "ATV0\rAT\rAT+NOPE\r", "0\r0\r4\r"),
        Exchange("ATQ1 makes it silent", "ATQ1\rAT+CSQ\r", ""),
        Exchange("+CMEE=0 hides the cause", "AT+CMEE=0;+CPIN=\"1\"\r", "\r\nERROR\r\n"),
        Exchange("+CMEE=1 numbers the cause", "AT+CMEE=1;+CPIN=\"1\"\r", "\r\n+CME ERROR: 3\r\n"),
        Exchange("+CMEE=2 names the cause", "AT+CMEE=2;+CPIN=\"1\"\r", "\r\n+CME ERROR: operation not allowed\r\n"),
        Exchange("an empty location is an error", "AT+CMGR=7\r", "\r\n+CMS ERROR: 321\r\n"),
        Exchange("a dialled number finds nobody", "ATD+15551234567;\r", "\r\nNO CARRIER\r\n"),
        Exchange("registration tells the place in mode 2", "AT+CREG=2;+CREG?\r", "\r\n+CREG: 2,1,\"4CA1\",\"01A2D001\",7\r\n" + ok),
        Exchange("Huawei leaves the quotes out", "AT+CREG=2;+CREG?\r", "\r\n+CREG: 2,1,4CA1,01A2D001,2\r\n" + ok, on: "e1750"),
        Exchange("Huawei leaves the service out", "AT+CSMS?\r", "\r\n+CSMS: 1,1,1\r\n" + ok, on: "e3531"),
        Exchange("Huawei has words for what it does not know", "AT+NOPE\r", "\r\nCOMMAND NOT SUPPORT\r\n", on: "e3531"),
        Exchange("the A7670E does not name its maker", "AT+CGMI\r", "\r\nERROR\r\n", on: "a7670e"),
        Exchange("ZTE refuses the CNMI mode that it lists", "AT+CNMI=2,1,0,2,0\r", "\r\n+CMS ERROR: 303\r\n", on: "mf823"),
        Exchange("the Sierra tells its tries", "AT+CPINC?\r", "\r\n+CPINC: 3,3,10,10\r\n" + ok, on: "mc7455"),
        Exchange("the clock is local", "AT+CCLK?\r", "\r\n+CCLK: \"26/11/21,01:00:00+04\"\r\n" + ok),
        Exchange("the operator by number", "AT+COPS=3,2;+COPS?\r", "\r\n+COPS: 0,2,\"26201\",7\r\n" + ok),
        Exchange("the operator in UCS2", "AT+CSCS=\"UCS2\";+COPS?\r", "\r\n+COPS: 0,0,\"00530069006D0075006C0061007400650064\",7\r\n" + ok),
        Exchange("memories and their occupancy", "AT+CPMS=\"ME\",\"SM\",\"SM\"\r", "\r\n+CPMS: 0,100,0,20,0,20\r\n" + ok),
        Exchange("a memory that is not there", "AT+CPMS=\"XX\"\r", "\r\n+CMS ERROR: 302\r\n"),
        Exchange("a card file's contents", "AT+CRSM=176,12258,0,0,10\r", "\r\n+CRSM: 144,0,\"989420000010325476F8\"\r\n" + ok),
        Exchange("a card file that is not there", "AT+CRSM=176,28474,0,0,10\r", "\r\n+CRSM: 106,130,\"\"\r\n" + ok),
        Exchange("the PIN's tries by APDU", "AT+CSIM=10,\"0020000100\"\r", "\r\n+CSIM: 4,\"63C3\"\r\n" + ok),
    ]

    @Test(arguments: exchanges)
    func `A command is answered as the standard or the model has it`(exchange: Exchange) throws {
        var bench = Bench(try #require(Personality.named(exchange.personality)))
        #expect(bench.type(exchange.typed) == exchange.answer)
    }

    @Test func `Echo comes octet by octet and ends with ATE0`() {
        var bench = Bench(echo: "")
        #expect(bench.type("AT") == "AT")
        #expect(bench.type("\r") == "\r\r\nOK\r\n")
        #expect(bench.type("ATE0\r") == "ATE0\r\r\nOK\r\n")
        #expect(bench.type("AT\r") == "\r\nOK\r\n")
    }

    @Test func `A line without end takes no more room than a long one and is answered`() {
        var bench = Bench()
        _ = bench.type(String(repeating: "A", count: 1 << 16))
        #expect(bench.type("\rAT\r") == "\r\nOK\r\n")
    }

    @Test(arguments: Personality.all.map(\.name))
    func `Every model says who it is`(name: String) throws {
        let personality = try #require(Personality.named(name))
        var bench = Bench(personality)
        #expect(bench.type("AT+CGMM\r").contains(personality.model))
        #expect(bench.type("AT+CGSN\r").contains(personality.imei))
        #expect(bench.type("AT+CPMS=\"SM\",\"SM\",\"SM\"\r").hasSuffix("OK\r\n"))
        #expect(Personality.all.filter { $0.imei == personality.imei }.count == 1)
    }
}
