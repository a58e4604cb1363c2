import Telephony
import Testing

@testable import Certificates

/// RFC 8446 §4.1.2, RFC 6066 §3, RFC 7301 §3.1.
struct ClientHelloTests {
    /// A hello with these extensions, in records of at most so many octets.
    static func hello(host: String? = "sms.example.org", protocols: [String] = ["acme-tls/1"], record: Int = 16_384) -> [UInt8] {
        func vector(_ octets: [UInt8], _ lengthOctets: Int) -> [UInt8] {
            (0..<lengthOctets).reversed().map { UInt8(truncatingIfNeeded: octets.count >> (8 * $0)) } + octets
        }
        var extensions: [UInt8] = [0x00, 0x17, 0x00, 0x00]
        if let host { extensions += [0, 0] + vector(vector([0] + vector(Array(host.utf8), 2), 2), 2) }
        if !protocols.isEmpty { extensions += [0, 16] + vector(vector(protocols.flatMap { vector(Array($0.utf8), 1) }, 2), 2) }
        let body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + vector([], 1) + vector([0x13, 0x01], 2) + vector([0], 1) + vector(extensions, 2)
        let handshake = [1] + vector(body, 3)
        return stride(from: 0, to: handshake.count, by: record).flatMap { start in
            [22, 3, 1] + vector(Array(handshake[start..<min(start + record, handshake.count)]), 2)
        }
    }

    private func whole(_ octets: [UInt8]) -> ClientHello? {
        if case .whole(let hello) = ClientHello.read(octets) { hello } else { nil }
    }

    @Test(arguments: [16_384, 7, 1])
    func `host and protocols are read, however it is cut into records`(record: Int) throws {
        let hello = try #require(whole(Self.hello(host: "SMS.example.org", protocols: ["h2", "http/1.1"], record: record)))
        #expect(hello.host == "sms.example.org")
        #expect(hello.protocols == [Array("h2".utf8), Array("http/1.1".utf8)])
    }

    @Test func `neither need be there`() throws {
        let hello = try #require(whole(Self.hello(host: nil, protocols: [])))
        #expect(hello == ClientHello())
    }

    @Test func `octet by octet it is incomplete until it is whole`() {
        let octets = Self.hello()
        for count in 0..<octets.count { #expect(ClientHello.read(Array(octets[..<count])) == .incomplete) }
        #expect(whole(octets) != nil)
    }

    @Test func `what is no hello is left to the library`() {
        #expect(ClientHello.read(Array("GET / HTTP/1.1\r\n\r\n".utf8)) == .unreadable)
        #expect(ClientHello.read([22, 3, 1, 0xFF, 0xFF]) == .unreadable)
        #expect(ClientHello.read([22, 3, 1, 0, 0]) == .unreadable)
        #expect(ClientHello.read([22, 3, 1, 0, 1, 2]) == .unreadable)
    }

    @Test func `no octet changed makes it trap`() {
        let octets = Self.hello()
        for place in octets.indices {
            for value: UInt8 in [0, 1, 0x7F, 0xFF, octets[place] ^ 1] {
                var changed = octets
                changed[place] = value
                _ = ClientHello.read(changed)
            }
        }
        #expect(whole(octets) != nil)
    }

    /// RFC 8737 §3 for names, RFC 8738 §6 for addresses.
    @Test(arguments: [
        ("sms.example.org", "sms.example.org"), ("SMS.example.org", "sms.example.org"), ("192.0.2.7", "7.2.0.192.in-addr.arpa"),
        ("2001:db8::ab1", "1.b.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"),
    ])
    func `a proof is shown to who asks for the name or the address it is of`(host: String, asked: String) throws {
        let proofs = TLSProofs(), pair = try SelfSigned(names: [host], from: Instant(seconds: 1_800_000_000))
        guard case .whole(let hello) = ClientHello.read(Self.hello(host: asked)) else { Issue.record("the hello is whole"); return }
        try proofs.show(Array(pair.chain.utf8), key: Array(pair.privateKey.utf8), for: host)
        #expect(proofs.context(for: hello) != nil)
        proofs.withdraw(host)
        #expect(proofs.context(for: hello) == nil)
    }
}
