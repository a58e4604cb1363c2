import Testing

@testable import SIP

@Suite struct ParametersTests {
    private static let text = "<sip:a@b>;Tag=x1 ; flag;q=\"a \\\"b\\\\ ;c\" ;empty=\"\";tag=second"
    private static let list = [
        Parameter("Tag", "x1"), Parameter("flag"), Parameter("q", quoting: "a \"b\\ ;c"), Parameter("empty", quoting: ""), Parameter("tag", "second"),
    ]

    @Test func `what came in is the same as what was put together`() throws {
        let read = try NameAddress(decoding: Self.text).parameters
        #expect(read.list == Self.list)
        #expect(read == Parameters(Self.list) && read.hashValue == Parameters(Self.list).hashValue)
        #expect(read.description == ";Tag=x1;flag;q=\"a \\\"b\\\\ ;c\";empty=\"\";tag=second")
        #expect(try NameAddress(decoding: "<sip:a@b>").parameters == [] && NameAddress(decoding: "<sip:a@b>").parameters.isEmpty && !read.isEmpty)
    }

    @Test(arguments: [("TAG", "x1"), ("flag", ""), ("Q", "a \"b\\ ;c"), ("empty", ""), ("none", nil), ("ta", nil), ("tagg", nil)])
    func `the first of a name is found without case`(name: String, value: String?) throws {
        for parameters in [try NameAddress(decoding: Self.text).parameters, Parameters(Self.list)] {
            #expect(parameters[name] == value)
            #expect(parameters.contains(name) == (value != nil))
        }
    }

    @Test func `what came in can be changed`() throws {
        var parameters = try NameAddress(decoding: Self.text).parameters
        parameters["tag"] = "y"
        parameters["flag"] = nil
        parameters["new"] = "z"
        #expect(parameters.list == [Parameter("tag", "y"), Self.list[2], Self.list[3], Self.list[4], Parameter("new", "z")])
        #expect(parameters["new"] == "z")
    }

    @Test(arguments: [";", ";=", ";a=", ";a=\"", ";a=\"\\", ";a=\"\\\"", ";a b", ";a;;b"])
    func `what cannot be read is refused where it is read first`(text: String) {
        #expect(throws: (any Error).self) { try NameAddress(decoding: "<sip:a@b>" + text) }
    }

    @Test(arguments: [
        ("<sip:a@b>", "<sip:a@b>;tag=t"), ("sip:a@b", "<sip:a@b>;tag=t"), ("sip:a@b;x=y", "<sip:a@b>;x=y;tag=t"),
        ("\"A > B\"  <sip:a@b;p>;x", "\"A > B\"  <sip:a@b;p>;x;tag=t"), ("<sip:a@b>;tag=own", "<sip:a@b>;tag=own"), ("not an address", "not an address"),
    ])
    func `an answer's To has one tag and is else as it came`(to: String, expected: String) throws {
        let text = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nTo: \(to)\r\n\r\n"
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw DecodingFailure() }
        #expect(Response(to: request, .ok, toTag: "t").headers[.to] == expected)
    }

    @Test(arguments: [(";", ";"), ("?", "&")])
    func `a URI has no more parameters and headers than somebody might need`(first: String, next: String) throws {
        let many = { count in "sip:a@b" + first + (1...count).map { "p\($0)=x" }.joined(separator: next) }
        let uri = try URI(decoding: many(32))
        #expect(uri.parameters.list.count + uri.headers.list.count == 32)
        #expect(throws: (any Error).self) { try URI(decoding: many(33)) }
        // Comparing those would hold up everybody.
        let text = "OPTIONS \(many(4_000)) SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\n\r\n"
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw DecodingFailure() }
        #expect(!request.uri.isWellFormed)
    }

    private struct DecodingFailure: Error {}
}
