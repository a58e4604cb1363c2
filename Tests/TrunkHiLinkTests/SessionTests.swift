import HTTPStack
import Kinds
import Telephony
import Testing

@testable import TrunkHiLink

@Suite struct SessionTests {
    private func answer(_ headers: [(name: String, value: String)]) -> OutgoingAnswer { OutgoingAnswer(status: 200, headers: headers) }

    @Test func `a token is used once, and the next comes with the answer`() {
        var session = RouterSession(cookie: "abc", tokens: ["one"])
        #expect(session.cookieField == "SessionID=abc")
        #expect(session.token(for: .get) == "one")
        #expect(session.token(for: .post) == "one")
        session.note(answer([("__RequestVerificationToken", "two")]), .adds)
        #expect(session.token(for: .post) == "two")
        // Old firmware gives no other.
        #expect(session.token(for: .post) == "two")
    }

    @Test func `two tokens and many are used in their order`() {
        var session = RouterSession()
        session.note(answer([("__RequestVerificationTokenone", "1"), ("__RequestVerificationTokentwo", "2"), ("__RequestVerificationToken", "9")]), .adds)
        session.note(answer([("__requestverificationtoken", "3#4##5")]), .adds)
        #expect((0..<5).map { _ in session.token(for: .post) } == ["1", "2", "3", "4", "5"])
        session.note(answer([("__RequestVerificationToken", "6#7")]), .adds)
        session.note(answer([("__RequestVerificationToken", "8")]), .replaces)
        #expect(session.token(for: .post) == "8")
    }

    @Test func `a cookie is taken from its field, and one that could break out of it is not`() {
        var session = RouterSession(cookie: "SessionID=abc")
        session.note(answer([("Set-Cookie", "SessionID=new;path=/;HttpOnly;"), ("Set-Cookie", "lang=en"), ("Set-Cookie", "x=a\r\nEvil: 1"), ("Set-Cookie", "broken")]), .adds)
        #expect(session.cookieField == "SessionID=new; lang=en")
        session.add(["a\r\nEvil: 1", "", String(repeating: "x", count: 600)])
        #expect(session.token(for: .post) == nil)
    }

    @Test(arguments: [("", true), ("<html><body>Starting</body></html>", false)])
    func `an empty answer to a text leaves in doubt what became of it, and a page for people does not`(body: String, isInDoubt: Bool) async throws {
        let address = RouterAddress(try #require(WebURL("http://192.168.8.1")))
        let link = RouterLink(
            address: address, credentials: nil, client: Peer(body: body), refused: VolatileRefusedSecrets(), now: { Instant(seconds: 0) }, nonce: { "" })
        do {
            _ = try await link.post("api/sms/send-sms", [], repetition: .costly)
            Issue.record("taken for sent")
        } catch {
            #expect(error.isRefusal == !isInDoubt)
        }
    }

    @Test func `tokens are found on the start page`() {
        let page = "<html><head><meta name=\"csrf_token\" content=\"abc\"/><meta name=\"x\" content=\"no\"><meta name=\"csrf_token\" content=\"def\"></head>"
        #expect(StartPage.tokens(in: Array(page.utf8)) == ["abc", "def"])
        #expect(StartPage.token(String(repeating: "0", count: 32) + "token") == "token" && StartPage.token("short") == "short")
    }
}

/// Gives out a session, and answers everything else alike.
private struct Peer: WebClient {
    let body: String

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        let isOpening = request.url.target.hasSuffix("SesTokInfo")
        return OutgoingAnswer(
            status: 200, body: Array((isOpening ? "<response><SesInfo>abc</SesInfo><TokInfo>token</TokInfo></response>" : body).utf8))
    }
}
