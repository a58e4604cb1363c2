import Testing

@testable import HTTPStack

@Suite struct ProxyTests {
    private func seen(
        from peer: String = "10.0.0.1", _ headers: [String: String], trusted: [String] = ["10.0.0.0/8", "::1"], _ field: Proxies.Field = .xForwarded
    ) -> Request {
        let proxies = Proxies(trusted.compactMap { NetworkRange($0) }, saying: field)
        return proxies.seenThrough(Request(.get, "/", headers: headers, source: .network(peer)))
    }

    @Test(arguments: [
        ("203.0.113.9", "203.0.113.9"), ("198.51.100.1, 203.0.113.9", "203.0.113.9"), ("127.0.0.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"), ("[2001:db8::1]:4711", "2001:db8:0:0:0:0:0:1"), ("::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.7, 10.0.0.8", "10.0.0.7"), ("unknown", "10.0.0.1"), ("203.0.113.9, unknown", "10.0.0.1"), ("", "10.0.0.1"),
    ])
    func `of a list only what our proxies wrote is believed`(list: String, source: String) {
        #expect(seen(["X-Forwarded-For": list]).source == .network(source))
    }

    @Test func `nobody else is believed`() {
        let lie = ["X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https", "Forwarded": "for=127.0.0.1;proto=https"]
        for peer in ["203.0.113.9", "11.0.0.1", "2001:db8::1"] {
            #expect(seen(from: peer, lie).source == .network(peer))
            #expect(seen(from: peer, lie).transport == nil)
        }
        #expect(seen(from: "10.0.0.1", lie, trusted: []).source == .network("10.0.0.1"))
        #expect(Proxies([]).seenThrough(Request(.get, "/", headers: lie)).source == .local)
    }

    @Test func `the other kind of field is not read, for anybody may have written it`() {
        #expect(seen(["Forwarded": "for=127.0.0.1;proto=https"]).source == .network("10.0.0.1"))
        #expect(seen(["Forwarded": "for=127.0.0.1;proto=https"]).transport == nil)
        #expect(seen(["X-Forwarded-For": "127.0.0.1"], .forwarded).source == .network("10.0.0.1"))
    }

    @Test(arguments: [("https", Request.Transport.encrypted), ("HTTPS", .encrypted), ("http", .plain), ("https, http", .plain), ("http, https", .encrypted)])
    func `the nearest proxy says how it was asked`(text: String, transport: Request.Transport) {
        #expect(seen(["X-Forwarded-Proto": text]).transport == transport)
        #expect(seen(["X-Forwarded-Proto": text, "X-Forwarded-For": "203.0.113.9"]).transport == transport)
    }

    @Test(arguments: [
        ("for=203.0.113.9;proto=https", "203.0.113.9"), (#"for="[2001:db8::1]:4711";proto=https"#, "2001:db8:0:0:0:0:0:1"),
        ("for=127.0.0.1;proto=http, For=203.0.113.9; Proto=HTTPS;by=10.0.0.1", "203.0.113.9"), ("proto=https;for=_hidden", "10.0.0.1"),
    ])
    func `the field of the standard says both`(list: String, source: String) {
        let request = seen(["Forwarded": list], .forwarded)
        #expect(request.source == .network(source))
        #expect(request.transport == .encrypted)
    }

    @Test func `a list without end is not read to its end`() {
        let list = [String](repeating: "10.0.0.7", count: 100_000).joined(separator: ",")
        #expect(seen(["X-Forwarded-For": "203.0.113.9," + list]).source == .network("10.0.0.7"))
    }
}
