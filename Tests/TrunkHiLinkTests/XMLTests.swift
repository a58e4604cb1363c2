import HomelineTesting
import Testing
import Wire

@testable import TrunkHiLink

@Suite struct XMLTests {
    private func read(_ text: String) throws -> Element { try XMLReader.read(Array(text.utf8)) }

    @Test func `names are found in any case, texts without the space around them`() throws {
        let root = try read("\u{FEFF}<?xml version=\"1.0\"?>\r\n<!-- x --><response>\r\n<TokInfo> abc\r\n</TokInfo><n a='>' b=\"<\"/></response>\n")
        #expect(root.name == "response" && root.text("tokinfo") == "abc" && root["N"]?.text == "" && root.number("TokInfo") == nil)
    }

    @Test(arguments: [
        ("Tom &amp; Jerry &lt;3&gt; &quot;&apos;", "Tom & Jerry <3> \"'"), ("&#233;&#xE9;", "éé"), ("&#xD83D;&#xDE00;", "😀"),
        ("A & B &nbsp; &#0; &", "A & B &nbsp; &#0; &"), ("<![CDATA[<b>&amp;]]>", "<b>&amp;"), ("a<!-- <x> -->b", "ab"), ("&#xD83D;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ])
    func `characters are what they stand for, and what stands for nothing stays`(written: String, meant: String) throws {
        #expect(try read("<c>\(written)</c>").text == meant)
    }

    @Test(arguments: [
        "", "x", "<a>", "<a></b>", "<a><b></a></b>", "<!DOCTYPE a [<!ENTITY l \"lol\">]><a>&l;</a>", "<a/><b/>", "<a", "<a x='", "<>", "< a></a>",
        "<a><!DOCTYPE b></a>", "<a><![CDATA[x</a>", "<!-- ", "<a>\u{0}</a", String(repeating: "<a>", count: 33) + String(repeating: "</a>", count: 33),
        "<r>" + String(repeating: "<a/>", count: 20_001) + "</r>", "<" + String(repeating: "n", count: 101) + "/>",
    ])
    func `what is no such XML is refused`(text: String) {
        #expect(throws: DecodeError.self) { try read(text) }
    }

    @Test func `what is too large is refused before it is read`() {
        #expect(throws: DecodeError.self) { try XMLReader.read([UInt8](repeating: 0x20, count: XMLReader.sizeLimit + 1)) }
    }

    @Test func `emoji travel as two surrogates each and come back in both forms`() {
        #expect(CESU8.encode("a😀é") == [0x61, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0xC3, 0xA9])
        #expect(CESU8.decode(CESU8.encode("a😀é")) == "a😀é")
        #expect(CESU8.decode(Array("a😀é".utf8)) == "a😀é")
    }

    @Test func `a request keeps its order, escapes what XML uses and drops what it lacks`() {
        let body = RequestBody([.text("B", "1 < 2 & 3\n\u{1}x"), .group("P", [.text("A", "")])])
        #expect(String(decoding: body.octets, as: UTF8.self)
            == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><request><B>1 &lt; 2 &amp; 3\nx</B><P><A></A></P></request>")
    }

    @Test(arguments: Vectors.answers) func `an answer that is cut or flipped is read or refused, and no more`(name: String) throws {
        let octets = try Vectors.octets(name + ".xml")
        #expect(throws: Never.self) { try XMLReader.read(octets) }
        for end in octets.indices { _ = try? RouterAnswer(Array(octets[..<end])) }
        for index in octets.indices {
            for bit in 0..<8 {
                var flipped = octets
                flipped[index] ^= 1 << bit
                if case .response(let element)? = try? RouterAnswer(flipped) { consume(element) }
            }
        }
    }

    @Test func `random markup is read or refused, and no more`() {
        var random = SplitMix(seed: 7)
        let pieces = ["<a>", "</a>", "<Messages>", "<Message>", "</Message>", "</Messages>", "<Index>", "9", "</Index>", "&", "#x", ";", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "\u{0}", "\"", "'", "/>", "é", "😀"]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<24, using: &random)
            var text = ""
            for _ in 0..<count { text += pieces[Int.random(in: 0..<pieces.count, using: &random)] }
            if case .response(let element)? = try? RouterAnswer(Array(text.utf8)) { consume(element) }
            let octets = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            _ = try? RouterAnswer(Array("<a>".utf8) + octets + Array("</a>".utf8))
        }
    }

    /// Everything that is made of answers.
    private func consume(_ element: Element) {
        let clock = RouterClock()
        for text in StoredText.page(element) {
            _ = PictureNotice(text)
            _ = clock.instant(text.date)
        }
        _ = BoxCounts(element)
        _ = SendStatus(element, phone: "1")
        _ = LoginState(element)
        _ = LoginChallenge(element, clientNonce: "")
        _ = PINState(element)
        _ = NetworkState(element, signal: element)
        _ = RouterError(element).sentence
    }
}
