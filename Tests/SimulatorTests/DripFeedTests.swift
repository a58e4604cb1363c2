import HomelineTesting
import Testing

@testable import Simulator

@Suite struct DripFeedTests {
    static let sessions = [
        "ATZ\rAT+CMEE=1;+CREG=2\rAT+CNMI=2,1,0,2,0\rAT+CSQ;+CREG?;+COPS?\rAT+CPMS?\r",
        "ATE1\rAT+CMGF=0\rAT+CMGS=19\r0011000B915155214365F70000A705C8329BFD06\u{1A}AT\r",
        "AT+CMGS=18\r0011\u{1B}AT+CMGS=18\rzz\u{1A}AT+CMGL=4\rAT+CMGD=1,4\r\n\n\r",
        "AT+CUSD=1\rAT+CPIN=\"1\";+CLCK=\"SC\",2\r;;\"AT\"\rAT\";\"\rATD123;E0;+CSQ\r",
    ]

    @Test(arguments: sessions, Personality.all.map(\.name))
    func `Octet by octet a session reads the same as in one piece`(session: String, name: String) throws {
        let personality = try #require(Personality.named(name))
        var (whole, drip) = (Bench(personality, echo: ""), Bench(personality, echo: ""))
        let expected = whole.type(session)
        let seen = session.unicodeScalars.map { drip.type(String($0)) }.joined()
        #expect(seen == expected)
        #expect(seen.contains("OK"))
    }

    /// Words that reach deep into the modem, in any order.
    static let words = [
        "AT", "+CMGS=", "+CMGW=1", "\r", "\u{1A}", "\u{1B}", "\"", ";", "+CNMI=2,2,0,1,0", "+CNMA=1,3", "+CSMS=1", "+CPIN=\"1234\"", "0", "9", ",", "=", "?",
        "+CMGL=4", "+CMGD=0,4", "+CFUN=1,1", "E1", "V0", "+CUSD=1,\"*101#\"", "\u{FF}", "+CRSM=192,28486", "+CSIM=4,\"FF\"", "+CMGF=1", "D", "S7=",
    ]

    @Test(arguments: 0..<40)
    func `Whatever is typed and whatever goes wrong, it lives and answers again`(seed: UInt64) throws {
        var chance = SplitMix(seed: seed)
        var bench = Bench(Personality.all[Int(seed) % Personality.all.count])
        let faults: [Fault] = [
            .hang(for: .seconds(1)), .disconnect(afterTextOctets: 2, for: .seconds(1)), .vanish(for: .seconds(1)), .reboot(silence: .seconds(1)),
            .trickle(every: .milliseconds(1)), .storm(line: "^BOOT:1", every: .milliseconds(100)), .latePrompt(after: .seconds(1)),
            .missingPrompt, .endlessPrompt, .loseAnswer(times: 1), .refuse(.message(500), times: 1), .card(.busy), .card(.absent),
            .capacity(.card, 0), .coverage(2), .negativeIndex, .interrupt(line: "RING"), .noise([0xFF, 0x00]), .plug, .factory,
        ]
        for _ in 0..<60 {
            switch Int.random(in: 0..<8, using: &chance) {
            case 0: bench.fault(faults.randomElement(using: &chance) ?? .heal)
            case 1: bench.text("hello")
            case 2: bench.advance(by: .milliseconds(.random(in: 1...2000, using: &chance)))
            default: _ = bench.type(DripFeedTests.words.randomElement(using: &chance) ?? "")
            }
        }
        bench.advance(by: .seconds(30))
        bench.fault(.plug)
        bench.fault(.heal)
        bench.fault(.factory)
        _ = bench.type("\u{1B}\u{1A}\r\u{1B}ATE0V1Q0\r")
        #expect(bench.type("AT\r").hasSuffix("OK\r\n"))
    }
}
