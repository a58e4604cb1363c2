import Settings
import Testing

@Suite struct KeyTests {
    /// Reads one entry under a key; the reason on line 10 where it is refused.
    private func read<Value>(_ key: Key<Value>, _ content: Node.Content) throws -> Value {
        var section = try section((key.name, content))
        do {
            return try section.require(key)
        } catch {
            #expect(error.line == 10)
            #expect(error.path == "lines.home.\(key.name)")
            throw Refused(reason: error.reason)
        }
    }

    private struct Refused: Error, Equatable { let reason: String }

    @Test(arguments: [("0s", 0), ("30s", 30), ("5m", 300), ("24h", 86_400), ("7d", 604_800), ("1000000d", 86_400_000_000)])
    func `durations have a unit`(text: String, seconds: Int) throws {
        #expect(try read(.duration("wait", "", example: "5m"), .scalar(text)) == .seconds(seconds))
    }

    @Test(arguments: ["", "s", "30", "30 s", "-1s", "1.5h", "5min", "1w", "1000001s", "99999999999999999999s"])
    func `what is no duration is refused`(text: String) {
        #expect(throws: Refused(reason: "a duration such as 30s, 5m, 24h or 7d expected")) {
            try read(.duration("wait", "", example: "5m"), .scalar(text))
        }
    }

    @Test(arguments: [("1", 1), ("10", 10), ("007", 7)])
    func `numbers within their range are read`(text: String, number: Int) throws {
        #expect(try read(.number("devices", "", example: "2", in: 1...10), .scalar(text)) == number)
    }

    @Test(arguments: ["0", "11", "-1", "1.0", "ten", "", "0x5", "99999999999999999999"])
    func `numbers beyond their range, and what is none, are refused with the range`(text: String) {
        #expect(throws: Refused(reason: "a whole number from 1 to 10 expected")) {
            try read(.number("devices", "", example: "2", in: 1...10), .scalar(text))
        }
    }

    @Test(arguments: [("yes", true), ("true", true), ("on", true), ("no", false), ("false", false), ("off", false)])
    func `a toggle is yes or no in the words people use`(text: String, expected: Bool) throws {
        #expect(try read(.toggle("echo", "", example: "no"), .scalar(text)) == expected)
    }

    @Test(arguments: ["", "1", "YES please", "maybe"])
    func `what is neither yes nor no is refused`(text: String) {
        #expect(throws: Refused(reason: "yes or no expected")) { try read(.toggle("echo", "", example: "no"), .scalar(text)) }
    }

    @Test func `a list may be a single value`() throws {
        let key = Key.list("lines", "", example: "[home]")
        #expect(try read(key, .list("home", "work")) == ["home", "work"])
        #expect(try read(key, .scalar("home")) == ["home"])
        #expect(try read(key, .list([])) == [])
    }

    @Test func `a list of anything but values is refused`() {
        let nested = Node.Content.list([Node(.list("a"), line: 10)])
        for content in [nested, .section([])] {
            #expect(throws: Refused(reason: "a single value expected")) { try read(.list("lines", "", example: "[home]"), content) }
        }
    }

    @Test func `a choice is one of its words`() throws {
        let key = Key<Int>.choice("level", "", example: "low", ["low": 1, "high": 2])
        #expect(try read(key, .scalar("high")) == 2)
        #expect(throws: Refused(reason: "one of high, low expected")) { try read(key, .scalar("higher")) }
    }

    @Test(arguments: [Node.Content.list("a"), .section([])])
    func `a single value is neither a list nor a section`(content: Node.Content) {
        let refused = Refused(reason: "a single value expected")
        #expect(throws: refused) { try read(.text("device", "", example: "x"), content) }
        #expect(throws: refused) { try read(.number("devices", "", example: "2", in: 1...10), content) }
        #expect(throws: refused) { try read(.toggle("echo", "", example: "no"), content) }
        #expect(throws: refused) { try read(.duration("wait", "", example: "5m"), content) }
        #expect(throws: refused) { try read(Key<Int>.choice("level", "", example: "low", ["low": 1]), content) }
    }

    @Test func `a key documents itself as required or not`() {
        let key = Key.text("device", "Where the modem is.", example: "/dev/ttyUSB2")
        #expect(key.required.presence == .required)
        #expect(key.documentation.presence == .optional)
        #expect([key.required.name, key.required.doc, key.required.example] == ["device", "Where the modem is.", "/dev/ttyUSB2"])
    }
}
