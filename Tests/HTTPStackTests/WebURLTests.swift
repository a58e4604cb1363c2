import Telephony
import Testing

@testable import HTTPStack

@Suite struct WebURLTests {
    @Test(arguments: [
        ("https://hooks.example.org/a?b=c", "https://hooks.example.org/a?b=c"),
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:8443?x", "https://example.org:8443/?x"),
        ("http://[2001:DB8::1]:8080/x#part", "http://[2001:db8::1]:8080/x"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
    ])
    func `a web address is read and written again`(text: String, canonical: String) throws {
        let url = try #require(WebURL(text))
        #expect(url.description == canonical)
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://x/", "http://", "http:///x", "http://user@example.org/",
        "http://user:pw@example.org/", "http://example.org:0/", "http://example.org:65536/", "http://example.org:/", "http://exa mple.org/",
        "http://example.org/a b", "http://example.org/\r\nX: y", "http://[::1", "http://[fe80::1%25eth0]/", "http://exämple.org/",
        "http://example.org\\@evil/", "//example.org/", "javascript:alert(1)",
    ])
    func `anything else is none`(text: String) {
        #expect(WebURL(text) == nil)
    }

    @Test(
        arguments: [
            ("/next", "https://a.example/next"), ("https://b.example/x", "https://b.example/x"), ("//b.example/x", nil), ("next", nil),
            ("file:///x", nil), ("/a b", nil),
        ] as [(String, String?)])
    func `a redirect leads to an absolute address or a path of the same host`(location: String, expected: String?) throws {
        let url = try #require(WebURL("https://a.example/old"))
        #expect(url.redirected(to: location)?.description == expected)
    }

    @Test func `ports of other services are refused unless the owner named the host`() throws {
        let mail = try #require(WebURL("http://mail.example:25/"))
        #expect(ClientPolicy().refusal(of: mail)?.cause == .refused)
        #expect(ClientPolicy(allowedHosts: ["MAIL.example"]).refusal(of: mail) == nil)
        let other = try #require(WebURL("http://a.example:8080/"))
        #expect(ClientPolicy().refusal(of: other) == nil)
    }

    @Test func `of several addresses a public one is chosen, and of private ones none`() throws {
        let inner = try #require(IPAddress("10.0.0.1"))
        let outer = try #require(IPAddress("8.8.8.8"))
        #expect(ClientPolicy().choose(among: [inner, outer], for: "a.example") == [outer])
        #expect(ClientPolicy().choose(among: [inner], for: "a.example").isEmpty)
        #expect(ClientPolicy(allowedHosts: ["a.example"]).choose(among: [inner, outer], for: "a.example") == [inner, outer])
    }

    @Test func `a second address is of the other family, if there is one, and public as well`() throws {
        let six = try ["2606:4700::1", "2606:4700::2"].map { try #require(IPAddress($0)) }, four = try #require(IPAddress("8.8.8.8"))
        #expect(ClientPolicy().choose(among: six + [four], for: "a.example") == [six[0], four])
        #expect(ClientPolicy().choose(among: six + six, for: "a.example") == six)
        let inner = try #require(IPAddress("127.0.0.1"))
        #expect(ClientPolicy().choose(among: [six[0], inner], for: "a.example") == [six[0]])
    }
}
