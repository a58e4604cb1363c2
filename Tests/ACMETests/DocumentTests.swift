import HTTPStack
import Testing

@testable import ACME

/// What authorities say may be anything.
struct DocumentTests {
    private func json(_ text: String) throws -> JSON { try JSON(decoding: Array(text.utf8)) }

    @Test(arguments: ["newNonce", "newAccount", "newOrder"])
    func `a directory lacks nothing`(name: String) throws {
        let members = ["newNonce", "newAccount", "newOrder"].filter { $0 != name }.map { #""\#($0)":"https://ca.example/x""# }.joined(separator: ",")
        #expect(throws: Misshapen(what: name)) { try DirectoryDocument(json("{\(members)}")) }
        #expect(throws: Misshapen(what: name)) { try DirectoryDocument(json("{\(members),\"\(name)\":\"file:///etc/passwd\"}")) }
    }

    @Test func `an order without an end is refused`() throws {
        let url = try #require(WebURL("https://ca.example/o"))
        #expect(throws: Misshapen(what: "status")) { try OrderDocument(json(#"{"status":"odd"}"#), at: url) }
        #expect(throws: Misshapen(what: "certificate")) {
            try OrderDocument(json(#"{"status":"valid","authorizations":[],"finalize":"https://ca.example/f"}"#), at: url)
        }
        let many = (0..<101).map { _ in #""https://ca.example/a""# }.joined(separator: ",")
        #expect(throws: Misshapen(what: "authorizations")) {
            try OrderDocument(json(#"{"status":"pending","authorizations":[\#(many)],"finalize":"https://ca.example/f"}"#), at: url)
        }
    }

    @Test func `a problem is kept short and harmless, and names each name it is about`() throws {
        let long = String(repeating: "x", count: 5000)
        let problem = ProblemDocument(try json(#"{"type":"urn:ietf:params:acme:error:dns","detail":"a\u001b[31m\#(long)"}"#))
        #expect(problem.type == "dns" && problem.detail.count <= 500 && !problem.detail.contains("\u{1B}"))
        let several = ProblemDocument(
            try json(#"{"type":"urn:ietf:params:acme:error:compound","detail":"two","subproblems":[{"detail":"no","identifier":{"value":"a.example.org"}}]}"#))
        #expect(several.detail == "two; a.example.org: no")
        #expect(ProblemDocument(.null).type == "about:blank")
    }
}
