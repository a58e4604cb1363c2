import Testing

@testable import TrunkModem

@Suite struct ContentAddressTests {
    @Test(arguments: ["http://h/a%2Fb?c=%20&d=/../x", "http://H:8080/A//b/./c", "http://1.2.3.4?x", "https://h/|~;=,'"])
    func `nothing of what was announced is changed`(text: String) throws {
        let address = try #require(ContentAddress(text))
        #expect(address.text == text)
        let authority = text.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" && $0 != "?" }
        let target = text.drop { $0 != ":" }.dropFirst(3).dropFirst(authority.count)
        #expect(address.target == (target.hasPrefix("/") ? String(target) : "/" + target))
    }

    @Test func `a redirect may be a path or an address, and never loses its encryption`() throws {
        let plain = try #require(ContentAddress("http://h:81/a"))
        #expect(plain.redirected(to: "/b")?.text == "http://h:81/b")
        #expect(plain.redirected(to: "https://g/b")?.text == "https://g/b")
        #expect(plain.redirected(to: "//g/b") == nil)
        let safe = try #require(ContentAddress("https://h/a"))
        #expect(safe.redirected(to: "http://h/a") == nil)
    }
}
