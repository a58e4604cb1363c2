import HTTPStack
import Testing

@testable import TrunkModem

@Suite struct AddressPolicyTests {
    static func address(_ text: String) throws -> ContentAddress { try #require(ContentAddress(text)) }
    static func numbers(_ texts: [String]) -> [IPAddress] { texts.compactMap { IPAddress($0) } }

    static let host = AddressPolicy(named: [.init(host: "mmsc.example", port: 80), .init(host: "other.example")], context: BearerContext())
    static let stick = AddressPolicy(
        named: [.init(host: "mmsc.example")],
        context: BearerContext(interface: "wwan0", address: IPAddress("192.168.8.100"), prefixLength: 24))

    @Test(arguments: ["http://mmsc.example/x", "http://other.example:8080/x", "HTTP://MMSC.EXAMPLE/x"])
    func `on the machine's own route the named hosts are asked`(text: String) throws {
        #expect(Self.host.refusal(of: try Self.address(text)) == nil)
    }

    @Test(arguments: ["http://mmsc.example:8080/x", "http://example.org/x", "http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest"])
    func `on the machine's own route nobody else is`(text: String) throws {
        #expect(Self.host.refusal(of: try Self.address(text)) != nil)
    }

    @Test func `on the carrier's bearer every host may be asked, at ports of web servers`() throws {
        #expect(Self.stick.refusal(of: try Self.address("http://10.183.2.1:8002/x")) == nil)
        #expect(Self.stick.refusal(of: try Self.address("http://mms.example.net/x")) == nil)
        #expect(Self.stick.refusal(of: try Self.address("http://mms.example.net:25/x")) != nil)
    }

    @Test func `a name that leads to this machine or to the stick leads nowhere`() throws {
        let address = try Self.address("http://mms.example.net/x")
        let tricks = ["127.0.0.1", "0.0.0.0", "169.254.169.254", "::1", "fe80::1", "::ffff:127.0.0.1", "224.0.0.1", "192.168.8.1", "192.168.8.254"]
        #expect(Self.stick.allowed(among: Self.numbers(tricks), for: address).isEmpty)
        #expect(Self.stick.allowed(among: Self.numbers(["10.1.2.3"]), for: address) == Self.numbers(["10.1.2.3"]))
    }

    @Test func `a named host may be private, and this machine only when it is written so`() throws {
        #expect(Self.host.allowed(among: Self.numbers(["10.0.0.7"]), for: try Self.address("http://mmsc.example/")) == Self.numbers(["10.0.0.7"]))
        #expect(Self.host.allowed(among: Self.numbers(["127.0.0.1"]), for: try Self.address("http://mmsc.example/")).isEmpty)
        let loopback = AddressPolicy(named: [.init(host: "127.0.0.1", port: 8080)], context: BearerContext())
        #expect(!loopback.allowed(among: Self.numbers(["127.0.0.1"]), for: try Self.address("http://127.0.0.1:8080/")).isEmpty)
    }

    @Test func `addresses of our own family go first`() throws {
        let both = Self.numbers(["2001:4860::1", "10.9.9.9"])
        #expect(Self.stick.allowed(among: both, for: try Self.address("http://m.example/")) == both.reversed())
    }
}
