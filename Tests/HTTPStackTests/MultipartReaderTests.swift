import Testing

@testable import HTTPStack

@Suite struct MultipartReaderTests {
    private static let type = "multipart/form-data; boundary=\"-----frontier\""

    /// As Linphone sends a photo.
    private static let photo =
        "-------frontier\r\nContent-Disposition: form-data; name=\"File\"; filename=\"my%20photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        + "JPEG\r\n---almost\r\r\n-------fronti\r\n\r\n-------frontier--\r\n"

    /// A part as it came out: its head and all its octets.
    private struct Found: Equatable {
        var head: MultipartHead
        var octets: [UInt8] = []
        var isWhole = false
    }

    private func read(_ octets: [UInt8], in pieces: Int, type: String = type) throws -> (parts: [Found], isComplete: Bool) {
        var reader = try #require(MultipartReader(contentType: type))
        var parts: [Found] = []
        var rest = octets[...]
        while !rest.isEmpty {
            for event in try reader.feed(Array(rest.prefix(pieces))) {
                switch event {
                case .part(let head): parts.append(Found(head: head))
                case .octets(let octets): parts[parts.count - 1].octets += octets
                case .partEnds: parts[parts.count - 1].isWhole = true
                }
            }
            rest = rest.dropFirst(pieces)
        }
        return (parts, reader.isComplete)
    }

    @Test(arguments: [1, 2, 3, 7, 16, 100, 4096])
    func `however a form is cut its file comes out`(pieces: Int) throws {
        let (parts, isComplete) = try read(Array(Self.photo.utf8), in: pieces)
        #expect(isComplete)
        try #require(parts.count == 1)
        #expect(parts[0].head.name == "File")
        #expect(parts[0].head.fileName == "my%20photo.jpg")
        #expect(parts[0].head.contentType == "image/jpeg")
        #expect(String(decoding: parts[0].octets, as: UTF8.self) == "JPEG\r\n---almost\r\r\n-------fronti\r\n")
        #expect(parts[0].isWhole)
    }

    @Test func `no cut of a form is taken for the whole`() throws {
        let octets = Array(Self.photo.utf8)
        for count in 0..<(octets.count - 4) { #expect(try !read(Array(octets.prefix(count)), in: 64).isComplete) }
    }

    @Test func `several fields and a preamble are told apart`() throws {
        let form = "ignored\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x  \r\n\r\n\r\n--x\r\n\r\n2\r\n--x--trailing"
        let (parts, isComplete) = try read(Array(form.utf8), in: 5, type: "Multipart/Mixed;boundary=x")
        #expect(isComplete)
        #expect(parts.map { String(decoding: $0.octets, as: UTF8.self) } == ["1", "", "2"])
        #expect(parts.map(\.head.name) == ["a", nil, nil])
        #expect(parts.map(\.isWhole) == [true, true, true])
    }

    @Test(arguments: ["", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\u{1}\""])
    func `what names no boundary is no form`(type: String) {
        #expect(MultipartReader(contentType: type) == nil)
        #expect(MultipartReader(contentType: "multipart/form-data; boundary=\(String(repeating: "b", count: 71))") == nil)
    }

    @Test func `heads and the number of parts are bounded`() throws {
        let long = "--x\r\nA: " + String(repeating: "a", count: 5000)
        #expect(throws: MultipartError.self) { try read(Array(long.utf8), in: 1000, type: "multipart/a;boundary=x") }
        let many = "--x\r\n" + String(repeating: "A: b\r\n", count: 17) + "\r\n"
        #expect(throws: MultipartError.self) { try read(Array(many.utf8), in: 10, type: "multipart/a;boundary=x") }
        let parts = String(repeating: "--x\r\n\r\na\r\n", count: 33)
        #expect(throws: MultipartError.self) { try read(Array(parts.utf8), in: 10, type: "multipart/a;boundary=x") }
        #expect(throws: MultipartError.self) { try read(Array("--xy\r\n".utf8), in: 10, type: "multipart/a;boundary=x") }
    }

    @Test(arguments: [
        (#"form-data; name="File"; filename="a \"b\" \\ c;d.jpg""#, #"a "b" \ c;d.jpg"#), (#"form-data; filename=plain.jpg; name=File"#, "plain.jpg"),
        (#"form-data; filename="C:\photos\x.jpg""#, #"C:\photos\x.jpg"#), (#"form-data; filename="open"#, "open"),
    ])
    func `names of files are read as they were written`(disposition: String, name: String) {
        #expect(MultipartHead(["Content-Disposition: \(disposition)"]).fileName == name)
    }
}
