import QR
import Testing

// That readers read it is asked of zbarimg in Tests/Interop/console/test_people.py.
@Suite struct QRCodeTests {
    private let code = QRCode("https://sms.example.org/provision/hl_0123456789")

    @Test func `the three corners have their finder patterns, within a quiet zone`() throws {
        let code = try #require(code)
        // Version 4 at level M: 33 modules, and 4 of nothing on each side.
        #expect(code.width == 41)
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
        for (top, left) in [(4, 4), (4, 30), (30, 4)] {
            let seen = (0..<7).map { row in String((0..<7).map { code.isDark(row: top + row, column: left + $0) ? "#" : "." }) }
            #expect(seen == finder)
        }
        for place in 0..<41 {
            for edge in [0, 1, 2, 3, 37, 38, 39, 40] {
                #expect(!code.isDark(row: edge, column: place) && !code.isDark(row: place, column: edge))
            }
        }
        #expect(!code.isDark(row: -1, column: 0) && !code.isDark(row: 0, column: 41))
    }

    @Test func `the path and the half blocks are the same picture`() throws {
        let code = try #require(code)
        var drawn: Set<[Int]> = []
        for run in code.path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (column, row, length) = (try #require(Int(run.1)), try #require(Int(run.2)), try #require(Int(run.3)))
            #expect(run.3 == run.4)
            for step in 0..<length { #expect(drawn.insert([row, column + step]).inserted) }
        }
        let lines = code.halfBlocks
        #expect(lines.count == 21 && lines.allSatisfy { $0.count == 41 })
        for row in 0..<code.width {
            for (column, character) in lines[row / 2].enumerated() {
                let isLight = row % 2 == 0 ? character == "█" || character == "▀" : character == "█" || character == "▄"
                #expect(isLight != drawn.contains([row, column]))
                #expect(isLight != code.isDark(row: row, column: column))
            }
        }
    }

    @Test func `what does not fit is no code`() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 2331)) != nil)
        #expect(QRCode(String(repeating: "a", count: 2332)) == nil)
    }
}
