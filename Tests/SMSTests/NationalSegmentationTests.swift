import SMS
import Testing

@Suite struct NationalSegmentationTests {
    @Test func `national tables are not used unless allowed`() throws {
        let text = String(repeating: "ğ", count: 71)
        #expect(Segmentation.count(text).alphabet == .ucs2)
        #expect(Segmentation.count(text).segments == 2)
        #expect(Segmentation.count(text, allowing: Encodings(languages: [.turkish])).segments == 1)
    }

    /// Capacities of facts that follow from 1120 bits less the header: 155 with one shift element, 152 with both, 149 with concatenation too.
    @Test(arguments: [
        ("ş", 77, [.nationalSingleShift(.turkish)], [154]),
        ("ş", 78, [.nationalLockingShift(.turkish)], [78]),
        ("ş", 155, [.nationalLockingShift(.turkish)], [155]),
        ("ş", 156, [.nationalLockingShift(.turkish)], [149, 7]),
    ] as [(String, Int, [InformationElement], [Int])])
    func `Turkish takes the tables that need the fewest segments`(
        letter: String, count: Int, elements: [InformationElement], units: [Int]
    ) throws {
        let text = String(repeating: letter, count: count)
        let plan = try Segmentation.plan(text, allowing: Encodings(languages: [.turkish]), reference: .short(3))
        #expect(plan.segments.map(\.units) == units)
        for segment in plan.segments {
            #expect(segment.userData.header?.elements.suffix(1) == elements[...])
            #expect(segment.userData.text == segment.text)
        }
    }

    @Test func `Spanish has no locking table and is written by single shift`() throws {
        let text = "¿Dónde está el baño? Aquí está. " + String(repeating: "á", count: 40)
        let plan = try Segmentation.plan(text, allowing: Encodings(languages: [.spanish]), reference: .short(3))
        #expect(plan.alphabet == .gsm7)
        #expect(plan.tables == ShiftTables(single: .spanish))
        #expect(plan.segments.map(\.text) == [text])
    }

    @Test func `a short text that UCS2 also holds stays UCS2, which every phone reads`() {
        #expect(Segmentation.count("ğış", allowing: Encodings(languages: [.turkish, .portuguese])).alphabet == .ucs2)
    }

    @Test func `a text that no table has is UCS2 whatever is allowed`() {
        let text = String(repeating: "漢", count: 100)
        #expect(Segmentation.count(text, allowing: Encodings(languages: [.turkish, .spanish, .portuguese])).alphabet == .ucs2)
    }

    @Test func `both Portuguese tables are taken where one is not enough`() throws {
        let text = String(repeating: "ã", count: 120) + "Φ"
        let plan = try Segmentation.plan(text, allowing: Encodings(languages: [.portuguese]), reference: .short(3))
        #expect(plan.tables == ShiftTables(locking: .portuguese, single: .portuguese))
        #expect(plan.segments.map(\.text) == [text])
        #expect(plan.unitsLeftInLast == 152 - 122)
    }
}
