import MMS
import Testing

@Suite struct BodyTests {
    private let photo = Part(ContentType("image/jpeg"), [0xFF, 0xD8], contentLocation: "../IMG 1.jpg")
    private let voice = Part(ContentType("audio/amr"), [0x23])

    @Test func `parts to be sent get names, a presentation and slides`() throws {
        let body = Body(presenting: [photo, Part(text: "Grüße"), Part(text: "more"), voice, photo])
        let presentation = try #require(body.presentation)
        #expect(body.contentType["start"] == "<smil>")
        #expect(presentation.contentID == "smil")
        #expect(body.parts.dropFirst().map(\.contentID) == ["IMG_1.jpg", "text1.txt", "text2.txt", "audio1.amr", "image1.jpg"])
        let slides = SMIL(decoding: presentation).slides
        #expect(slides.map { $0.media.map(\.source) } == [["IMG_1.jpg", "text1.txt"], ["text2.txt", "audio1.amr"], ["image1.jpg"]])
        #expect(slides[0].media.map(\.region) == ["Image", "Text"])
        #expect(body.presented == Array(body.parts.dropFirst()))
    }

    @Test func `what is longer than any name names no part, and stays among its other fields`() throws {
        for length in [Limits.name, Limits.name + 1] {
            let isName = length <= Limits.name
            let long = String(repeating: "n", count: length)
            let name: String? = isName ? long : nil
            let type = ContentType("image/jpeg", parameters: [Parameter("name", .text(long)), Parameter("type", .text("t"))])
            let part = Part(type, [1], contentID: long, contentLocation: long)
            let smil = Part(ContentType(Part.presentationType), Array("<img src='\(long)'/>".utf8)[...])
            let body = Body(ContentType("application/vnd.wap.multipart.related"), .parts([smil, part]))
            guard case .retrieveConfirmation(let read) = try PDU(decoding: PDU.retrieveConfirmation(RetrieveConfirmation(body: body)).encoded()) else {
                Issue.record("another PDU")
                return
            }
            let found = try #require(read.body?.parts.last)
            #expect(found.contentID == name)
            #expect(found.contentLocation == name)
            #expect(found.contentType["name"] == name)
            #expect(found.contentType["type"] == "t")
            #expect(found.suggestedName == name)
            #expect(found.others.count == (isName ? 0 : 2))
            let media = SMIL(decoding: smil).slides.flatMap(\.media)
            #expect(media.count == (isName ? 1 : 0))
        }
        #expect(ContentType("image/" + String(repeating: "x", count: Limits.name)).mediaType == "application/octet-stream")
        #expect(ContentType("a/b; name=" + String(repeating: "x", count: Limits.name)).parameters.isEmpty)
    }

    @Test func `what the presentation does not name comes last, and what it names twice once`() {
        let smil = Part(ContentType(Part.presentationType), Array("<text src='b'/><img src='cid:&lt;a&gt;'/><text src='b'/><img src='nowhere'/>".utf8)[...])
        let parts = [voice, smil, Part(ContentType("image/gif"), [1], contentID: "a"), Part(text: "b", contentLocation: "b")]
        let body = Body(ContentType("application/vnd.wap.multipart.related"), .parts(parts))
        #expect(body.presented == [parts[3], parts[2], parts[0]])
    }

    @Test func `without a presentation parts stay in their order`() {
        let body = Body(ContentType("multipart/mixed"), .parts([voice, photo]))
        #expect(body.presented == [voice, photo])
        #expect(body.presentation == nil)
        #expect(Body(ContentType("image/jpeg"), .octets([1])).presented == [Part(ContentType("image/jpeg"), [1])])
    }

    @Test func `the presentation named by start is taken before another`() {
        func smil(_ id: String) -> Part { Part(ContentType(Part.presentationType), [], contentID: id) }
        let type = ContentType("application/vnd.wap.multipart.related", parameters: [Parameter("start", .text("<b>"))])
        #expect(Body(type, .parts([smil("a"), smil("b")])).presentation?.contentID == "b")
    }

    @Test func `multiparts in multiparts are opened to a depth`() {
        var part = Part(text: "inmost")
        for _ in 0..<Limits.nesting + 2 {
            let whole = PDU.retrieveConfirmation(RetrieveConfirmation(body: Body(ContentType("multipart/mixed"), .parts([part])))).encoded()
            // Type, version and content type come before the content.
            part = Part(ContentType("multipart/mixed"), whole[6...])
        }
        let leaves = Body(ContentType("multipart/mixed"), .parts([part])).leaves
        #expect(leaves.count == 1)
        #expect(leaves.first?.contentType.isMultipart == true)
        #expect(Body(ContentType("multipart/mixed"), decoding: leaves[0].octets).leaves.last?.text == "inmost")
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("C:\\a\\b.jpg", "b.jpg"), ("..", "text1.txt"), ("/", "text1.txt"), (" ", "text1.txt"), ("smil.xml", "text1.txt"),
        ("Grüße.txt", "Gr____e.txt"), ("...x", "x"),
    ])
    func `names that could do harm are made harmless`(location: String, name: String) {
        #expect(Body(presenting: [Part(text: "x", contentLocation: location)]).parts.last?.contentLocation == name)
    }

    @Test func `parts of an overlong type get names of their own`() {
        let type = ContentType("image/" + String(repeating: "x", count: 100))
        let parts = Body(presenting: Array(repeating: Part(type, [1]), count: 3) + [Part(ContentType("?/"), [1])]).parts
        #expect(parts.dropFirst().map(\.contentID) == ["image1.xxxxxxxxxxxx", "image2.xxxxxxxxxxxx", "image3.xxxxxxxxxxxx", "part1.bin"])
    }

    @Test func `text reads in the part's charset, without a mark of order`() {
        #expect(Part(ContentType("text/plain; charset=utf-8"), [0xEF, 0xBB, 0xBF, 0x61, 0x00]).text == "a")
        #expect(Part(ContentType("text/plain"), [0xFC]).text == "ü")
        #expect(Part(ContentType("text/plain", parameters: [Parameter("charset", .number(0))]), [0xC3, 0xBC]).text == "ü")
        #expect(Part(ContentType("text/plain; charset=utf-16"), [0xFF, 0xFE, 0x61, 0x00]).text == "a")
    }

    @Test func `at most the limit of parts is read and written`() throws {
        let body = Body(ContentType("multipart/mixed"), .parts(Array(repeating: voice, count: 200)))
        guard case .retrieveConfirmation(let read) = try PDU(decoding: PDU.retrieveConfirmation(RetrieveConfirmation(body: body)).encoded()) else {
            Issue.record("another type")
            return
        }
        #expect(read.body?.parts.count == Limits.parts)
    }
}
