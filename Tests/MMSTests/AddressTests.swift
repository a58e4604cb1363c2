import MMS
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("+15550123/TYPE=PLMN", Address.number("+15550123")), ("+15550123/type=plmn", .number("+15550123")), ("15550123", .number("15550123")),
        ("*100#", .number("*100#")), ("joe@example.org", .email("joe@example.org")), ("Joe <joe@example.org>", .email("Joe <joe@example.org>")),
        ("192.0.2.1/TYPE=IPv4", .ipv4("192.0.2.1")), ("2001:db8::1/TYPE=IPv6", .ipv6("2001:db8::1")), ("4711/TYPE=shortcode", .other("4711", type: "shortcode")),
        ("Carrier", .other("Carrier", type: nil)), ("", .other("", type: nil)), ("/TYPE=", .other("", type: "")), ("a/b", .other("a/b", type: nil)),
        ("a/TYPE=PLMN/TYPE=IPv4", .ipv4("a/TYPE=PLMN")),
    ])
    func `an address is told from its text`(text: String, address: Address) {
        #expect(Address(text) == address)
        #expect(Address(address.encoded) == address)
    }

    @Test func `an address is written with its type`() {
        #expect(Address.number("+15550123").encoded == "+15550123/TYPE=PLMN")
        #expect(Address.ipv4("192.0.2.1").encoded == "192.0.2.1/TYPE=IPv4")
        #expect(Address.ipv6("2001:db8::1").encoded == "2001:db8::1/TYPE=IPv6")
        #expect(Address.email("joe@example.org").encoded == "joe@example.org")
    }

    @Test func `a mailbox is found behind a name`() {
        #expect(Address.email("Joe <joe@example.org>").mailbox == "joe@example.org")
        #expect(Address.email("joe@example.org").mailbox == "joe@example.org")
        #expect(Address.number("+15550123").mailbox == nil)
    }

    @Test(arguments: ["x@y <alice>", "x@y <Homeline>", "x@y <>", "<x@y> <+4512345678>"])
    func `a name with an @ before what is no mailbox makes it none`(text: String) {
        #expect(Address(text) == .email(text))
        #expect(Address(text).mailbox == nil)
    }
}
