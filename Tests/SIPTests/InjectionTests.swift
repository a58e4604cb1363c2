import SIP
import Testing

/// Text can never leave its field.
@Suite struct InjectionTests {
    private static let hostile = [
        "x\r\nVia: SIP/2.0/UDP evil", "x\nFrom: <sip:root@h>", "x\r\n\r\nbody", "x\rEvil: 1", "x\0y", "\r\n", "\"\\", "a\"b\\c>;tag=1", "x\u{2028}Evil: 1", ">;evil=1\r\n<", "%0d%0aEvil: 1",
    ]

    private static func request(_ change: (inout Request) -> Void) -> Request {
        var headers = Headers()
        headers.prepend(Via(transport: "UDP", host: Host("h")!, branch: "z9hG4bK1"))
        headers.from = NameAddress(uri: URI(user: "a", host: Host("h")!), parameters: [Parameter("tag", "1")])
        headers.to = NameAddress(uri: URI(user: "b", host: Host("h")!))
        headers.callID = "c"
        headers.cseq = CSeq(1, .message)
        var request = Request(method: .message, uri: URI(user: "b", host: Host("h")!), headers: headers)
        change(&request)
        return request
    }

    private static func fieldNames(_ request: Request) throws -> [String] {
        guard case .request(let decoded) = try Message(decoding: request.encoded()) else { throw TortureTests.NotARequest() }
        #expect(decoded.body == request.body)
        return decoded.headers.map(\.name.description).filter { $0 != "Content-Length" }
    }

    @Test(arguments: hostile)
    func `whatever stands in a value, the fields stay the same`(text: String) throws {
        let names = try Self.fieldNames(Self.request { _ in })
        let changes: [(inout Request) -> Void] = [
            { $0.headers.from?.displayName = text },
            { $0.headers.from?.uri.user = text },
            { $0.headers.from?.uri.password = text },
            { $0.headers.from?.tag = text },
            { $0.headers.to?.parameters["x"] = text },
            { $0.headers.to?.parameters.set(Parameter("x", quoting: text)) },
            { $0.headers.callID = text },
            { $0.headers.topVia?.branch = text },
            { $0.uri.user = text },
            { $0.uri.parameters["x"] = text },
            { $0.uri = URI(scheme: .tel, opaque: text) },
            { $0.body = Array(text.utf8) },
        ]
        for change in changes { #expect(try Self.fieldNames(Self.request(change)) == names) }
        #expect(try Self.fieldNames(Self.request { $0.headers.append(.subject, text) }) == names + ["Subject"])
    }

    @Test(arguments: hostile)
    func `a display name and a user come back as they were`(text: String) throws {
        let request = Self.request {
            $0.headers.from?.displayName = text
            $0.headers.from?.uri.user = text
        }
        guard case .request(let decoded) = try Message(decoding: request.encoded()) else { throw TortureTests.NotARequest() }
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { "\r\n\0".unicodeScalars.contains($0) ? " " : $0 }))
        #expect(decoded.headers.from?.displayName == plain)
        #expect(decoded.headers.from?.uri.user == text)
        #expect(decoded.headers.from?.tag == "1")
    }

    @Test(arguments: hostile)
    func `an address cannot be made two, nor its parameters more`(text: String) throws {
        let addresses = [
            NameAddress(displayName: text, uri: URI(user: text, host: Host("h")!, parameters: [Parameter("p", text)]), parameters: [Parameter("x", text)]),
            NameAddress(uri: URI(scheme: .tel, opaque: text), parameters: [Parameter("x", quoting: text)]),
        ]
        for address in addresses {
            var value = address
            value.parameters["x"] = text
            for written in [address, value] {
                let decoded = try NameAddress(decoding: written.description)
                #expect(decoded.parameters.list.map(\.name) == ["x"])
                #expect(decoded.uri.parameters.list.map(\.name) == address.uri.parameters.list.map(\.name))
            }
        }
        #expect(!Parameter(text, "1").description.contains { "\r\n;,<>\"".contains($0) })
    }

    @Test func `names and methods that are no tokens cannot be made`() {
        for text in ["", "A B", "A:B", "A\r\nB", "É", "A\0"] {
            #expect(HeaderName(text) == nil)
            #expect(Method(text) == nil)
        }
        #expect(Host("h\r\nEvil: 1") == nil && Host("a b") == nil && Host("") == nil && Host("[::1]:5") == nil)
    }

    @Test func `a reason phrase stays on its line`() throws {
        let response = Response(.ok, reason: "fine\r\nEvil: 1\r\n\r\n")
        guard case .response(let decoded) = try Message(decoding: response.encoded()) else { return }
        #expect(decoded.headers.map(\.name) == [.contentLength])
    }
}
