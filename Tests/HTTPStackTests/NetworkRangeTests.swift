import HTTPStack
import Testing

@Suite struct NetworkRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("192.168.1.128/25", "192.168.1.127", false),
        ("192.168.1.128/25", "192.168.1.200", true), ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("fd00::/8", "fd12::1", true),
        ("fd00::/8", "fe12::1", false), ("0.0.0.0/0", "198.51.100.7", true), ("10.0.0.0/8", "fd00::a", false), ("::/0", "10.0.0.1", false),
    ])
    func `a range holds its own`(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(NetworkRange(range)).contains(try #require(IPAddress(address))) == isIn)
    }

    @Test(arguments: ["10.0.0.0/8", "10.1.0.0/16", "172.16.0.0/12", "192.168.4.0/22", "127.0.0.1", "100.64.0.0/10", "fd00::/8", "fe80::/10", "::1"])
    func `what the internet does not route is private`(range: String) throws {
        #expect(try #require(NetworkRange(range)).isPrivate)
    }

    @Test(arguments: ["10.0.0.0/7", "172.16.0.0/11", "192.0.2.0/24", "0.0.0.0/0", "::/0", "fc00::/6", "2001:db8::/32", "8.8.8.8", "::ffff:8.8.8.8"])
    func `what it routes, even a part of it, is not`(range: String) throws {
        #expect(try !#require(NetworkRange(range)).isPrivate)
    }

    @Test(arguments: ["", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "::/129", "home"])
    func `anything else is none`(text: String) {
        #expect(NetworkRange(text) == nil)
    }
}
