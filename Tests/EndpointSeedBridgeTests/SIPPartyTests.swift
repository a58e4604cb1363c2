import HomelineTesting
import Testing

@testable import EndpointSeedBridge

@Suite struct SIPPartyTests {
    @Test(arguments: [
        ("sip:+15550100123@home.example", "+15550100123"), ("tel:+1-555-010-0123", "+15550100123"), ("\"Bob <1>\" <sips:5550100123@h;user=phone>;tag=a", "5550100123"),
        ("+15550100123", "+15550100123"), ("SIP:12345@h", "12345"), ("(555) 010-0123", "5550100123"),
    ])
    func `the number is found in what SIP things say`(text: String, number: String) {
        #expect(SIPParty(text)?.number == number)
    }

    @Test(arguments: ["", "sip:bob@home.example", "sip:@h", "+", "sip:+1", "<", "<>", "++15550100123", "sip:%2B15550100123@h", String(repeating: "1", count: 21)])
    func `what has none is refused`(text: String) {
        #expect(SIPParty(text) == nil)
    }

    @Test func `noise does no harm`() {
        var random = SplitMix(seed: 6)
        for _ in 0..<2000 {
            let octets = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            for prefix in ["", "sip:", "<sip:", "tel:"] { _ = SIPParty(prefix + String(decoding: octets, as: UTF8.self)) }
        }
    }
}
