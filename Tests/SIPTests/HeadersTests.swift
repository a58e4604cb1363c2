import SIP
import Testing

@Suite struct HeadersTests {
    private static func headers(_ lines: String...) throws -> Headers {
        let text = "OPTIONS sip:a SIP/2.0\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
        return try Message(decoding: Array(text.utf8)).headers
    }

    @Test func `long, compact and oddly cased names are one name`() throws {
        let headers = try Self.headers("VIA: a", "v: b", "Via : c", "f: x", "i: y", "k: z", "M: *", "L: 0", "C: a/b")
        #expect(headers.fieldCount(.via) == 3)
        #expect(headers[.from] == "x" && headers[.callID] == "y" && headers[.supported] == "z" && headers[.contentType] == "a/b")
        #expect(headers.contacts == [.wildcard])
        #expect(HeaderName("call-id") == .callID && HeaderName("I") == .callID && HeaderName("X-Foo") == HeaderName("x-fOO"))
    }

    @Test func `every known name is found by every spelling of it`() {
        for name in [HeaderName.accept, .contentLength, .pAssertedIdentity, .wwwAuthenticate, .proxyAuthorization, .subscriptionState, .sipETag, .to, .maxForwards] {
            #expect(HeaderName(name.description) == name)
            #expect(HeaderName(name.description.uppercased()) == name)
            #expect(HeaderName(name.description.lowercased()) == name)
            #expect(HeaderName(name.description + "x") != name)
        }
    }

    @Test func `lists are split at their commas, other fields are not`() throws {
        let headers = try Self.headers(
            "Accept: text/plain, application/sdp", "Accept: a/b", "Contact: \"a, b\" <sip:x@h?k=1,2>, <sip:y@h>;q=1,,", "Subject: one, two", "Foo: a, b")
        #expect(headers.values(.accept) == ["text/plain", "application/sdp", "a/b"])
        #expect(headers.values(.contact) == ["\"a, b\" <sip:x@h?k=1,2>", "<sip:y@h>;q=1"])
        #expect(headers.values(.subject) == ["one, two"])
        #expect(headers.values(try #require(HeaderName("foo"))) == ["a, b"])
    }

    @Test func `a field is set in its place and only it is removed`() throws {
        var headers = try Self.headers("Via: a", "To: b", "Via: c", "X-One: d")
        headers.set(.to, "e")
        headers.prepend(.via, "f")
        headers.append(try #require(HeaderName("X-Two")), "g")
        #expect(headers.map { "\($0.name) \($0.value)" } == ["Via f", "Via a", "To e", "Via c", "X-One d", "X-Two g"])
        headers.removeFirst(.via)
        #expect(headers.values(.via) == ["a", "c"])
        headers.remove(.via)
        headers[.to] = nil
        #expect(headers.map(\.name.description) == ["X-One", "X-Two"])
    }

    @Test func `the top Via is replaced alone`() throws {
        var headers = try Self.headers("Via: SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2", "Via: SIP/2.0/UDP c;branch=3")
        headers.topVia?.received = "10.0.0.1"
        headers.topVia?.rport = 5061
        #expect(headers.via.map(\.description) == ["SIP/2.0/UDP a;branch=1;received=10.0.0.1;rport=5061", "SIP/2.0/UDP b;branch=2", "SIP/2.0/UDP c;branch=3"])
        headers.topVia = nil
        #expect(headers.via.map(\.host.text) == ["b", "c"])
    }

    @Test func `folds become one space`() throws {
        let headers = try Self.headers("Subject: a \r\n \t b\r\n\tc", "To:\r\n sip:x@h")
        #expect(headers[.subject] == "a b c")
        #expect(headers.to?.uri.user == "x")
    }

    @Test(arguments: ["Via\u{A0}: a", "V\u{1}ia: a", "Via a", ": a", "=: a\u{0}", "(x): a", " Via: a", "Call ID: a", "\u{B}Via: a", "Call\rID: a", "Call\u{D}ID: a", "V\u{49}A\u{1F}: a", "Max\u{D}Forwards: 1"])
    func `what is no token before the colon is no field`(line: String) throws {
        let text = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nX: y\r\n\(line)\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:a@h>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n"
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw TortureTests.NotARequest() }
        if line.hasPrefix(" ") {
            // A line that begins with a space continues the one before it.
            #expect(request.headers[try #require(HeaderName("X"))] == "y Via: a")
            return
        }
        #expect(request.headers.fieldCount(.via) == 1)
        guard case .reject(.badRequest, _) = RequestCheck.verdict(for: request) else {
            Issue.record("a rejection expected")
            return
        }
    }

    @Test func `Retry-After leaves comment and parameters out`() throws {
        #expect(try Self.headers("Retry-After: 18000;duration=3600").retryAfter == 18000)
        #expect(try Self.headers("Retry-After: 120 (in a meeting)").retryAfter == 120)
    }

    @Test func `requirements nobody knows are named`() throws {
        let headers = try Self.headers("Require: PATH, foo", "Require: bar")
        #expect(headers.unknownRequirements(known: ["path"]) == ["foo", "bar"])
    }
}
