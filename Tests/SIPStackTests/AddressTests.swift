import SIPStack
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("192.0.2.1:5060", "192.0.2.1"), ("[2001:db8::1]:5061", "2001:db8::1"), ("0.0.0.0:0", "0.0.0.0"), ("[::]:65535", "::"),
    ])
    func `an address reads back what it writes`(text: String, ip: String) throws {
        let address = try #require(PeerAddress(text))
        #expect(address.description == text)
        #expect(address.ip == IPAddress(ip))
        #expect(address.ip.description == ip)
    }

    @Test(arguments: ["", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "name.example:5060", "1.2.3:5"])
    func `other text is no address`(text: String) {
        #expect(PeerAddress(text) == nil)
    }

    @Test func `an IPv4 address in an IPv6 mapping is the IPv4 address`() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("::ffff:192.0.2.1")?.family == .v4)
    }

    @Test(arguments: ["udp:0.0.0.0:5060", "tcp:[::]:5060", "tls:127.0.0.1:5061"])
    func `a place to listen reads back what it writes`(text: String) {
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(arguments: ["0.0.0.0:5060", "sctp:0.0.0.0:5060", "udp:", "udp:localhost:5060"])
    func `other text is no place to listen`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(arguments: ["udp/192.0.2.1:5060/198.51.100.7:40312/0", "tls/[::1]:5061/[2001:db8::7]:9/1f"])
    func `a flow reads back what it writes`(text: String) {
        #expect(Flow(text)?.description == text)
    }
}
