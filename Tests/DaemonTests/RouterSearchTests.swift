import HTTPStack
import Testing

@testable import Daemon

@Suite struct RouterSearchTests {
    private func interface(_ address: String, _ prefix: UInt32) throws -> NetworkInterface {
        NetworkInterface(address: try #require(.init(address)), mask: ~UInt32(0) << (32 - prefix))
    }

    private func addresses(_ texts: [String]) -> [NetworkInterface.IPv4] { texts.compactMap(NetworkInterface.IPv4.init) }

    @Test func `only private addresses of this machine's own networks are asked, and each once`() throws {
        let home = [try interface("192.168.8.100", 24), try interface("10.0.0.7", 8)]
        #expect(RouterSearch.candidates(gateways: addresses(["192.168.8.1", "10.0.0.1", "8.8.8.8"]), interfaces: home).map(\.description) == ["192.168.8.1", "10.0.0.1"])
        #expect(RouterSearch.candidates(gateways: addresses(["192.168.1.1"]), interfaces: home).map(\.description) == ["192.168.8.1"])
        #expect(RouterSearch.candidates(gateways: [], interfaces: [try interface("192.168.8.1", 24)]).isEmpty)
        #expect(RouterSearch.candidates(gateways: addresses(["203.0.113.1"]), interfaces: [try interface("203.0.113.9", 24)]).isEmpty)
    }

    @Test func `the kernel's table tells the default gateway`() {
        let table = [
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT", "eth0\t00000000\t0108A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
            "eth0\t0008A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0", "x", "eth1\t00000000\tzz", "eth2\t00000000\t00000000\t1",
        ]
        #expect(RouterSearch.gateways(in: table).map(\.description) == ["192.168.8.1"])
        #expect(RouterSearch.gateways(in: []).isEmpty)
    }

    @Test func `a router is known by its own words`() {
        func answer(_ status: Int, _ text: String) -> OutgoingAnswer { OutgoingAnswer(status: status, body: Array(text.utf8)) }
        #expect(RouterSearch.isRouter(answer(200, "<?xml version=\"1.0\"?><response><SesInfo>x</SesInfo><TokInfo>y</TokInfo></response>")))
        #expect(RouterSearch.isRouter(answer(200, "<error><code>125002</code><message></message></error>")))
        #expect(!RouterSearch.isRouter(answer(200, "<html>Router</html>")))
        #expect(!RouterSearch.isRouter(answer(404, "<SesInfo>")))
        #expect(RouterSearch.name(answer(200, "<response><devicename>B525s-23a\u{1B}[2J</devicename></response>"))?.hasPrefix("Huawei B525s-23a") == true)
        #expect(RouterSearch.name(answer(200, "<devicename>\u{1B}</devicename>"))?.contains("\u{1B}") != true)
        #expect(RouterSearch.name(answer(200, "<devicename></devicename>")) == nil)
        #expect(RouterSearch.name(answer(200, "</devicename><devicename>")) == nil)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "a.b.c.d", "1..2.3"])
    func `what is no address is none`(text: String) { #expect(NetworkInterface.IPv4(text) == nil) }
}
