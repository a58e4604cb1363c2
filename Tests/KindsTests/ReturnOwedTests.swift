import Kinds
import Testing

@Suite struct ReturnOwedTests {
    @Test func `the word is owed from the start, twice, and again whenever something was put off`() {
        var owed = ReturnOwed()
        for _ in 0..<2 {
            #expect(owed.isOwed)
            owed.told()
            #expect(owed.isOwed)
            owed.owe()
        }
        for _ in 0..<3 { owed.told() }
        #expect(!owed.isOwed)
        owed.owe()
        #expect(owed.isOwed)
    }
}
