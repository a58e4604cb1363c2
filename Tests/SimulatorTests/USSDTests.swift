import Testing

@testable import Simulator

@Suite struct USSDTests {
    private func style(_ style: Personality.USSDStyle, charset: String = "GSM") -> Bench {
        var bench = Bench()
        _ = bench.type("AT+CSCS=\"\(charset)\"\r")
        bench.fault(.ussdStyle(style))
        return bench
    }

    @Test(arguments: [
        (Personality.USSDStyle.plain, "\"Balance: 12.34 EUR\",15"), (.gsm, "\"Balance: 12.34 EUR\",15"),
        (.packed, "\"C2303BEC1E9775A098CC35A3818A5529\",15"),
        (.ucs2, "\"00420061006C0061006E00630065003A002000310032002E003300340020004500550052\",72"),
    ])
    func `The balance comes in the way of the model`(style: Personality.USSDStyle, text: String) {
        var bench = self.style(style)
        let seen = bench.type("AT+CUSD=1,\"*100#\",15\r")
        #expect(seen.hasPrefix("\r\nOK\r\n\r\n+CUSD: 0,"))
        #expect(seen.contains(text))
    }

    @Test func `Packed both ways, seven left-over bits are a carriage return`() {
        #expect(String(decoding: USSDText.encode("*100#", charset: "GSM", style: .packed).octets, as: UTF8.self) == "AA180C3602")
        #expect(USSDText.decode(Array("AA180C3602".utf8), charset: "GSM", style: .packed) == "*100#")
        let seven = USSDText.encode("1234567", charset: "GSM", style: .packed).octets
        #expect(String(decoding: seven, as: UTF8.self) == "31D98C56B3DD1A")
        #expect(USSDText.decode(seven, charset: "GSM", style: .packed) == "1234567")
    }

    @Test func `The charset decides where the model leaves it to that`() {
        var bench = style(.charset, charset: "UCS2")
        #expect(bench.type("AT+CUSD=1,\"002A0031003000300023\",15\r").contains("+CUSD: 0,\"00420061"))
    }

    @Test func `A menu asks, takes a choice and forgets it`() {
        var bench = style(.plain)
        #expect(bench.type("AT+CUSD=1,\"*101#\",15\r").contains("+CUSD: 1,\"1 Balance\n2 My number\",15"))
        #expect(bench.type("AT+CUSD=1,\"2\",15\r").contains("+CUSD: 0,\"Your number is \(Bench.number)\""))
        #expect(bench.type("AT+CUSD=1,\"2\",15\r").contains("+CUSD: 4"))
    }

    @Test func `A cancelled menu takes no choice`() {
        var bench = style(.plain)
        _ = bench.type("AT+CUSD=1,\"*101#\",15\r")
        #expect(bench.type("AT+CUSD=2\r") == "\r\nOK\r\n")
        #expect(bench.type("AT+CUSD=1,\"1\",15\r").contains("+CUSD: 4"))
    }

    @Test func `A text outside the alphabet goes as UCS2`() {
        var bench = style(.packed)
        let seen = bench.type("AT+CUSD=1,\"*102#\",15\r")
        #expect(seen.contains("20AC0020D83DDE00\",72"))
    }
}
