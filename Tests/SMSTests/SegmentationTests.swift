import SMS
import Testing

@Suite struct SegmentationTests {
    @Test(arguments: SegmentVector.all)
    func `a text is cut as two other programs cut it`(vector: SegmentVector) throws {
        let plan = try Segmentation.plan(vector.text, reference: .short(0x5A))
        #expect(plan.segments.map(\.text) == vector.segments)
        #expect(plan.alphabet == (vector.alphabet == "ucs2" ? .ucs2 : .gsm7))
        for (segment, sequence) in zip(plan.segments, UInt8(1)...) {
            #expect(segment.userData.text == segment.text)
            #expect(segment.userData.octets.count <= UserData.maximumOctets)
            let total = UInt8(plan.segments.count)
            let expected = total > 1 ? Concatenation(reference: .short(0x5A), total: total, sequence: sequence) : nil
            #expect(segment.userData.header?.concatenation == expected)
        }
    }

    @Test(arguments: SegmentVector.all)
    func `counting agrees with planning`(vector: SegmentVector) throws {
        let plan = try Segmentation.plan(vector.text, reference: .short(1))
        let count = Segmentation.count(vector.text)
        #expect(count.segments == plan.segments.count)
        #expect(count.units == plan.segments.reduce(0) { $0 + $1.units })
        #expect(count.unitsLeftInLast == plan.unitsLeftInLast)
        #expect(count.alphabet == plan.alphabet)
    }

    /// 3GPP TS 23.040 §9.2.3.24.1: 140 octets less the header.
    @Test(arguments: [
        ("a", 160, .short(0), 160, 1), ("a", 161, .short(0), 153, 2), ("a", 161, .long(0), 152, 2),
        ("я", 70, .short(0), 70, 1), ("я", 71, .short(0), 67, 2), ("я", 71, .long(0), 66, 2),
    ] as [(String, Int, ConcatenationReference, Int, Int)])
    func `the first segment holds what the standard leaves`(
        letter: String, length: Int, reference: ConcatenationReference, first: Int, segments: Int
    ) throws {
        let plan = try Segmentation.plan(String(repeating: letter, count: length), reference: reference)
        #expect(plan.segments.first?.units == first)
        #expect(plan.segments.count == segments)
    }

    @Test(arguments: [("", 0, 160), ("a", 1, 159), ("€", 2, 158), ("я", 1, 69), ("😀", 2, 68)])
    func `what is left is told in units`(text: String, units: Int, left: Int) {
        let count = Segmentation.count(text)
        #expect(count.segments == 1)
        #expect(count.units == units)
        #expect(count.unitsLeftInLast == left)
    }

    @Test func `an empty text is one empty segment`() throws {
        let plan = try Segmentation.plan("", reference: .short(1))
        #expect(plan.segments.map(\.userData) == [.empty])
    }

    @Test func `a 256th segment is refused, and counting still tells`() throws {
        let longest = String(repeating: "a", count: 255 * 153)
        #expect(try Segmentation.plan(longest, reference: .short(1)).segments.count == 255)
        #expect(throws: EncodeError.tooManySegments(limit: 255)) { try Segmentation.plan(longest + "a", reference: .short(1)) }
        #expect(Segmentation.count(longest + "a").segments == 256)
    }

    @Test(arguments: ["👨‍👩‍👧‍👦", "🇩🇪", "e\u{301}\u{302}", "👍🏽"])
    func `a grapheme cluster is not cut`(cluster: String) throws {
        for lead in 60...70 {
            let text = String(repeating: "я", count: lead) + cluster + String(repeating: "ж", count: 40)
            let segments = try Segmentation.plan(text, reference: .short(1)).segments
            #expect(segments.map(\.text).joined() == text)
            #expect(segments.contains { $0.text.contains(cluster) })
        }
    }

    @Test func `a cluster longer than a segment is cut between scalars`() throws {
        let text = "яя" + "😀" + String(repeating: "\u{1F3FD}", count: 100)
        let segments = try Segmentation.plan(text, reference: .short(1)).segments
        #expect(segments.map(\.text).joined().unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(segments.allSatisfy { $0.userData.text?.unicodeScalars.contains("\u{FFFD}") == false })
        #expect(segments.count == 4)
    }

    @Test(.timeLimit(.minutes(1))) func `a cluster as long as the text takes no longer than other text`() {
        var scalars = String.UnicodeScalarView(repeatElement("\u{301}", count: 60_000))
        scalars.insert("a", at: scalars.startIndex)
        #expect(Segmentation.count(String(scalars)).segments == 896)
        #expect(throws: EncodeError.tooManySegments(limit: 255)) { try Segmentation.plan(String(scalars), reference: .short(1)) }
    }

    @Test func `a line end is not cut`() throws {
        let text = String(repeating: "a", count: 152) + "\r\n" + String(repeating: "b", count: 20)
        #expect(try Segmentation.plan(text, reference: .short(1)).segments.map(\.units) == [152, 22])
    }
}
