import Glibc
import HTTPStack
import Testing

@Suite struct FormTests {
    @Test(arguments: [
        ("", [:]), ("a=1&b=2", ["a": "1", "b": "2"]), ("a=Hi+there&b=100%25", ["a": "Hi there", "b": "100%"]),
        ("message=Gr%C3%BCezi%20%F0%9F%91%8B", ["message": "Grüezi 👋"]), ("a", ["a": ""]), ("a=", ["a": ""]), ("=x", ["": "x"]),
        ("&&a=1&", ["a": "1"]), ("a=b=c", ["a": "b=c"]), ("a=50%&b=%zz&c=%4", ["a": "50%", "b": "%zz", "c": "%4"]),
        ("api_password=p@ss:w/rd!", ["api_password": "p@ss:w/rd!"]), ("a=1&a=2", ["a": "2"]), ("%61=1", ["a": "1"]), ("a=%FF", ["a": "\u{FFFD}"]),
    ])
    func `a query is read as the web's servers read it`(query: String, expected: [String: String]) throws {
        let form = try Form(query: query)
        for (name, value) in expected { #expect(form[name] == value) }
        #expect(Set(form.fields.map(\.name)) == Set(expected.keys))
        #expect(try Form(body: Array(query.utf8), contentType: "application/x-www-form-urlencoded; charset=utf-8") == form)
    }

    /// As aiohttp writes a form: a type with every field.
    private static let aiohttp = """
        --b1\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Disposition: form-data; name="api_username"\r
        \r
        me@home.example\r
        --b1\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Disposition: form-data; name="message"\r
        \r
        two\r
        lines + 100%\r
        --b1--\r

        """

    /// As OkHttp writes one: a length with every field.
    private static let okHttp = """
        --b1\r
        Content-Disposition: form-data; name="api_username"\r
        Content-Length: 15\r
        \r
        me@home.example\r
        --b1\r
        Content-Disposition: form-data; name="message"\r
        Content-Length: 17\r
        \r
        two\r
        lines + 100%\r
        --b1--\r

        """

    /// As requests writes `files=`: no file name where the value is a pair with None.
    private static let requests = """
        --b1\r
        Content-Disposition: form-data; name="api_username"\r
        \r
        me@home.example\r
        --b1\r
        Content-Disposition: form-data; name="message"\r
        \r
        two\r
        lines + 100%\r
        --b1--\r

        """

    @Test(arguments: [aiohttp, okHttp, requests])
    func `multipart bodies are read as clients write them, and nothing in them is unescaped`(body: String) throws {
        let form = try Form(body: Array(body.utf8), contentType: "multipart/form-data; boundary=b1")
        #expect(form["api_username"] == "me@home.example")
        #expect(form["message"] == "two\r\nlines + 100%")
        #expect(form.fields.count == 2)
    }

    @Test func `a body of countless fields is refused by its first ones`() {
        let body = Array(String(repeating: "a&", count: 8_000_000).utf8)
        let before = Self.processorTime
        #expect(throws: FormError.tooManyFields) { try Form(body: body, contentType: nil) }
        // To look at all of them takes seconds.
        #expect(Self.processorTime - before < .milliseconds(200))
    }

    /// What this thread has had of the processor, whatever else the machine does.
    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    @Test func `a file keeps its octets, its name and its type`() throws {
        let body = Array("--x\r\nContent-Disposition: form-data; name=\"media1\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n".utf8)
            + [0xFF, 0xD8, 0x0D, 0x0A, 0x00] + Array("\r\n--x--".utf8)
        let field = try #require(try Form(body: body, contentType: "multipart/form-data; boundary=\"x\"").field("media1"))
        #expect(field == Form.Field(name: "media1", octets: [0xFF, 0xD8, 0x0D, 0x0A, 0x00], fileName: "a.jpg", contentType: "image/jpeg"))
    }

    @Test func `a body counts over the query, and an empty one takes nothing away`() throws {
        let query = try Form(query: "a=query&b=query")
        let both = query.merging(try Form(body: Array("b=body&c=body".utf8), contentType: nil))
        #expect(both["a"] == "query" && both["b"] == "body" && both["c"] == "body")
        #expect(query.merging(try Form(body: [], contentType: "application/json")) == query)
    }

    @Test func `what is no form is told from one, and a body that was cut short is none`() {
        #expect(throws: FormError.notAForm("application/json")) { try Form(body: Array("{}".utf8), contentType: "application/json") }
        #expect(throws: FormError.tooManyFields) { try Form(query: String(repeating: "a=1&", count: Form.fieldLimit + 1)) }
        #expect(throws: FormError.self) { try Form(body: Array(Self.requests.utf8.dropLast(12)), contentType: "multipart/form-data; boundary=b1") }
        #expect(throws: FormError.self) { try Form(body: [1], contentType: "multipart/form-data") }
    }

    @Test func `a name of more than 256 octets is compared with nothing`() throws {
        let longest = String(repeating: "n", count: Form.nameLimit)
        #expect(try Form(query: "\(longest)=1")[longest] == "1")
        #expect(try Form(query: "\(longest)n=1&a=2").fields.map(\.name) == ["a"])
        let multipart = Self.aiohttp.replacing("api_username", with: longest + "n")
        #expect(throws: FormError.nameTooLong) { try Form(body: Array(multipart.utf8), contentType: "multipart/form-data; boundary=b1") }
    }

    @Test func `large fields are read in a moment`() throws {
        let octets = [UInt8](repeating: UInt8(ascii: "A"), count: 1_200_000)
        let form = try Form(query: "media1=data:image/png;base64,\(String(decoding: octets, as: UTF8.self))%3D")
        #expect(form.field("media1")?.octets.count == octets.count + 23)
    }
}
