import MMS
import Testing

@Suite struct SMILTests {
    @Test func `a presentation is read for order, places and durations`() {
        let smil = SMIL(decoding: """
            <?xml version="1.0"?><!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "x"><!-- a > comment <par> -->
            <SMIL xmlns="x"><head><layout><root-layout width="160px"/><region ID="Image" top="0" left='0' height=50% width="100%" fit="meet"/>
            <region id="Text" top="50%"/></layout></head>
            <body><par dur="5s"><img src="cid:a.jpg" region="Image"/><text src="t&amp;1.txt" region="Text"><param name="x"/></text></par>
            <par dur="2500ms"><audio src="b.amr" dur="00:07"/></par><par/></body></SMIL>
            """)
        #expect(smil.regions == [
            SMIL.Region(id: "Image", left: "0", top: "0", width: "100%", height: "50%", fit: "meet"), SMIL.Region(id: "Text", top: "50%"),
        ])
        #expect(smil.slides == [
            SMIL.Slide(milliseconds: 5000, media: [
                SMIL.Medium(kind: .image, source: "cid:a.jpg", region: "Image"), SMIL.Medium(kind: .text, source: "t&1.txt", region: "Text"),
            ]),
            SMIL.Slide(milliseconds: 2500, media: [SMIL.Medium(kind: .audio, source: "b.amr")]),
        ])
    }

    @Test(arguments: [
        ("5s", 5000), ("5000ms", 5000), ("5", 5000), ("1.5min", 90_000), ("00:05", 5000), ("01:00:00", 3_600_000), ("1h", 3_600_000), ("indefinite", nil),
        ("", nil), ("-1s", nil), ("99999999999999999999s", nil), ("1:2:3:4", nil), ("s", nil), ("1e9", nil),
    ] as [(String, Int?)])
    func `durations are read in every form`(text: String, milliseconds: Int?) {
        #expect(SMIL(decoding: "<par dur=\"\(text)\"><img src='a'/></par>").slides.first?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("<img src='a'/><text src='b'/>", ["a", "b"]), ("<par><img src='a'></img><text src=b></par><img src='c'>", ["a", "b", "c"]),
        ("<s:par><s:img src='a'/></s:par>", ["a"]), ("<par><img src='a", []), ("<par><img src='a'/><!-- ", ["a"]), ("<img src=\"&#x41;&#66;&nix;&\"/>", ["AB&nix;&"]),
        ("<img src=''/><img region='x'/><img", []), ("<img src='a'<img src='b'/>", ["a", "b"]), ("no markup at all", []), ("<img src='&#0;&#xD800;a\u{1}'/>", ["&#xD800;a"]),
        ("<img src='a' src='b'/>", ["a"]),
    ])
    func `what is broken is read as far as it goes`(text: String, sources: [String]) {
        #expect(SMIL(decoding: text).slides.flatMap(\.media).map(\.source) == sources)
    }

    @Test func `what is written reads the same`() {
        let smil = SMIL(regions: SMIL.usualRegions, slides: [
            SMIL.Slide(milliseconds: 5000, media: [SMIL.Medium(kind: .image, source: "a<b>&\"'.jpg", region: "Image")]),
            SMIL.Slide(media: [SMIL.Medium(kind: .text, source: "Übung.txt", region: "Text"), SMIL.Medium(kind: .reference, source: "c.vcf")]),
        ])
        #expect(SMIL(decoding: smil.text) == smil)
    }

    @Test func `a bomb of elements is read to its limit`() {
        let smil = SMIL(decoding: String(repeating: "<par><img src='a'/></par>", count: 5000))
        #expect(smil.slides.count == Limits.elements)
        #expect(SMIL(decoding: "<par>" + String(repeating: "<img src=a>", count: 5000)).slides.first?.media.count == Limits.elements)
        #expect(SMIL(decoding: String(repeating: "<region id=a>", count: 5000)).regions.count == Limits.elements)
        #expect(SMIL(decoding: String(repeating: "<a b='", count: 50_000)).slides.isEmpty)
    }
}
