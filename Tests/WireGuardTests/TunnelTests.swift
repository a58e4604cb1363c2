import Foundation
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import WireGuard

struct TunnelTests {
    private let now = Instant(seconds: 1_800_000_000)

    private func tunnel(nameServers: [String] = []) throws -> Tunnel {
        Tunnel(
            network: try #require(TunnelNetwork(v4: "10.86.7.0/24", v6: "fd12:3456:789a::/64")), privateKey: .privateKey(),
            endpoint: try #require(TunnelEndpoint("home.example.org")), port: 51_820, nameServers: nameServers)
    }

    /// RFC 7748 §6.1.
    @Test func `the public half is the standard's`() throws {
        let key = try #require(TunnelKey("dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="))
        #expect(key.publicKey?.text == "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=")
    }

    @Test(arguments: ["", "x", "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo", "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LC==", "\ndwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="])
    func `what is no key is none`(text: String) { #expect(TunnelKey(text) == nil) }

    @Test func `a phone gets the lowest free addresses, and its keys are its own`() throws {
        var tunnel = try tunnel()
        let first = try tunnel.add("alice", at: now), second = try tunnel.add("bob", at: now)
        #expect(first.text.contains("Address = 10.86.7.2/32, fd12:3456:789a::2/128"))
        #expect(second.text.contains("Address = 10.86.7.3/32, fd12:3456:789a::3/128"))
        #expect(Set(tunnel.phones.flatMap { [$0.publicKey, $0.presharedKey] }).count == 4)
        try tunnel.remove("alice")
        #expect(try tunnel.add("carol", at: now).text.contains("10.86.7.2/32"))
    }

    @Test func `a profile sends only what is for this house through the tunnel`() throws {
        var tunnel = try tunnel()
        let text = try tunnel.add("alice", at: now).text
        #expect(text.contains("\nAllowedIPs = 10.86.7.1/32, fd12:3456:789a::1/128\n"))
        #expect(text.contains("\nEndpoint = home.example.org:51820\n") && text.hasSuffix("PersistentKeepalive = 25\n") && !text.contains("DNS"))
        let ours = try #require(tunnel.privateKey.publicKey)
        #expect(text.contains("PublicKey = \(ours.text)"))
        var named = try self.tunnel(nameServers: ["10.86.7.1", "192.168.1.1", "2001:db8::53"])
        let other = try named.add("alice", at: now).text
        #expect(other.contains("\nDNS = 10.86.7.1, 192.168.1.1, 2001:db8::53\n"))
        #expect(other.contains("\nAllowedIPs = 10.86.7.1/32, fd12:3456:789a::1/128, 192.168.1.1/32, 2001:db8::53/128\n"))
    }

    @Test func `a phone's private key is in its profile and nowhere else`() throws {
        var tunnel = try tunnel()
        let profile = try tunnel.add("alice", at: now)
        let line = try #require(profile.text.split(separator: "\n").first { $0.hasPrefix("PrivateKey = ") })
        let key = try #require(TunnelKey(String(line.dropFirst(13))))
        #expect(key.publicKey == tunnel.phones.first?.publicKey)
        let kept = String(decoding: tunnel.octets, as: UTF8.self) + tunnel.configuration
        let publicKey = try #require(key.publicKey)
        #expect(!kept.contains(key.text) && kept.contains(publicKey.text))
    }

    @Test func `new keys shut out the old ones and keep the addresses`() throws {
        var tunnel = try tunnel()
        _ = try tunnel.add("alice", at: now)
        let before = try tunnel.phone("alice")
        let profile = try tunnel.renew("alice", at: now)
        let after = try tunnel.phone("alice")
        #expect(before.publicKey != after.publicKey && before.presharedKey != after.presharedKey && before.place == after.place)
        #expect(profile.text.contains(after.presharedKey.text) && !tunnel.configuration.contains(before.publicKey.text))
    }

    @Test(arguments: ["", "a b", "x\n[Peer]", "ü", "../x", String(repeating: "a", count: 41)])
    func `a name that would mean something in a file is refused`(name: String) throws {
        var tunnel = try tunnel()
        #expect(throws: Tunnel.Mistake.badName(name)) { try tunnel.add(name, at: now) }
    }

    @Test func `there is one of each name, and room for 253`() throws {
        var tunnel = try tunnel()
        _ = try tunnel.add("p2", at: now)
        #expect(throws: Tunnel.Mistake.known("p2")) { try tunnel.add("p2", at: now) }
        #expect(throws: Tunnel.Mistake.unknown("x")) { try tunnel.remove("x") }
        for number in 3...254 { _ = try tunnel.add("p\(number)", at: now) }
        #expect(throws: Tunnel.Mistake.full) { try tunnel.add("one-more", at: now) }
    }

    @Test func `it survives being kept, and what was damaged is not taken`() throws {
        let directory = try TemporaryDirectory(), store = TunnelStore(directory: directory.file("wireguard"))
        #expect(try store.load() == nil)
        var tunnel = try tunnel(nameServers: ["10.86.7.1"])
        _ = try tunnel.add("alice", at: now)
        try store.change { $0 = tunnel }
        #expect(try store.load() == tunnel)
        #expect(throws: Tunnel.Mistake.known("alice")) { try store.change { _ = try $0?.add("alice", at: now) } }
        #expect(try store.load() == tunnel)
        try store.change { try $0?.remove("alice") }
        #expect(try store.load()?.phones.isEmpty == true)
        #expect(Tunnel(Array("{}".utf8)) == nil && Tunnel([]) == nil)
    }

    @Test func `its names are made durable with its files, and the name of its folder with the folder`() throws {
        let synced = SyncedNames()
        let directory = try TemporaryDirectory(), store = TunnelStore(directory: directory.file("wireguard")) { synced.note($0) }
        let tunnel = try tunnel()
        try store.change { $0 = tunnel }
        #expect(synced.take() == [directory.path, "tunnel.json.new", "wireguard", "\(Tunnel.interface).conf.new", "wireguard"].map { String($0.split(separator: "/").last ?? "") })
        try store.change { _ in }
        #expect(synced.take().count { $0 == "wireguard" } == 2)
    }

    @Test(arguments: [
        ("home.example.org", "home.example.org:51820"), ("home.example.org:1000", "home.example.org:1000"), ("192.0.2.7", "192.0.2.7:51820"),
        ("192.0.2.7:7", "192.0.2.7:7"), ("2001:db8::1", "[2001:db8::1]:51820"), ("[2001:db8::1]:7", "[2001:db8::1]:7"), ("[2001:db8::1]", "[2001:db8::1]:51820"),
    ])
    func `how phones reach the house is a name or an address, with a port or without`(text: String, written: String) {
        #expect(TunnelEndpoint(text)?.description == written)
        #expect(TunnelEndpoint(written)?.description == written)
    }

    @Test(arguments: ["", ":", "a:0", "a:99999", "a:b", "a b", "[::1", "[a]:7", "x\nEndpoint = y", "https://home.example.org"])
    func `what is no endpoint is refused`(text: String) { #expect(TunnelEndpoint(text) == nil) }

    @Test(arguments: [("10.1.2.0/24", "fd00::/64", true), ("192.168.5.0/24", "fd00::/64", true), ("172.16.5.0/24", "fd00::/64", true), ("8.8.8.0/24", "fd00::/64", false), ("10.1.2.0/16", "fd00::/64", false), ("10.1.2.0/24", "2001:db8::/64", false), ("10.1.2/24", "fd00::/64", false)])
    func `networks are private ones`(v4: String, v6: String, isGood: Bool) { #expect((TunnelNetwork(v4: v4, v6: v6) != nil) == isGood) }

    @Test func `a network by chance is a private one`() throws {
        var seed: UInt64 = 1
        for _ in 0..<200 {
            let network = TunnelNetwork { seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407; return seed }
            #expect(TunnelNetwork(v4: network.v4Subnet, v6: network.v6Subnet) == network)
        }
    }
}

/// The last parts of the paths of what was synced, in order.
private final class SyncedNames: Sendable {
    private let names = Mutex<[String]>([])

    func note(_ descriptor: Int32) -> Int32 {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) ?? ""
        names.withLock { $0.append(String(path.split(separator: "/").last ?? "")) }
        return 0
    }

    func take() -> [String] {
        names.withLock { names in
            defer { names = [] }
            return names
        }
    }
}
