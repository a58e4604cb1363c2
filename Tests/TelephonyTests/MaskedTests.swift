import Telephony
import Testing

@Suite struct MaskedTests {
    @Test(arguments: [
        ("from +15550100123 at 14:05", "from +…23 at 14:05"), ("12345 octets, 123456 more", "12345 octets, …56 more"),
        ("imsi=310150123456789,", "imsi=…89,"), ("2026-11-21T13:00:00Z 192.168.100.200:5060", "2026-11-21T13:00:00Z 192.168.100.200:5060"),
        ("message 01KAJ7Q8XYZ123456789ABCDEF", "message 01KAJ7Q8XYZ123456789ABCDEF"), ("hl_abc-def_GHI123 x", "hl_… x"),
        ("0791447758100650040C914497", "(26 hex digits)"), ("sip:+41791234567@host", "sip:+…67@host"), ("٠١٢٣٤٥٦٧٨", "…٧٨"), ("", ""), ("…", "…"),
    ])
    func `numbers, hexadecimal octets and tokens are cut, the rest stays`(text: String, shown: String) {
        #expect(text.masked == shown)
        #expect(shown.masked == shown)
    }
}
