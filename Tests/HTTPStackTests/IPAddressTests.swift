import Testing

@testable import HTTPStack

@Suite struct IPAddressTests {
    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "192.167.1.1", "100.63.0.1", "100.128.0.1", "223.255.255.255",
        "2606:4700::1111", "2a00:1450:4001:800::200e", "::ffff:8.8.8.8", "2002:808:808::1",
    ])
    func `an address on the open internet is public`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
    }

    @Test(arguments: [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
        "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
        "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "fc00::1", "fd12:3456::1", "fe80::1",
        "fe80::1%eth0", "ff02::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1",
    ])
    func `an address of this machine, a private network or a reserved range is not public`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isPublic)
    }

    @Test(arguments: ["", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "1.2.3.4.5", "1.2.3.256", ":::", "[::1]"])
    func `only plain notation is an address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: ["8.8.8.8", "2a00:1450:4001:800::200e", "::1"]) func `its description reads as itself`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(IPAddress(address.description) == address)
    }

    @Test func `one IPv6 subscriber is one source, however many addresses they use`() {
        #expect(IPAddress.countingKey("2001:db8::1") == IPAddress.countingKey("2001:db8::a:b:c:d"))
        #expect(IPAddress.countingKey("2001:db8:0:1::1") != IPAddress.countingKey("2001:db8:0:2::1"))
        #expect(IPAddress.countingKey("192.0.2.1") != IPAddress.countingKey("192.0.2.2"))
    }
}
