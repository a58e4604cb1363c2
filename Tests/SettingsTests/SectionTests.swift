import Settings
import Testing

@Suite struct SectionTests {
    private let device = Key.text("device", "Where the modem is.", example: "/dev/ttyUSB2")
    private let speed = Key.number("speed", "Baud.", example: "9600", in: 300...115_200)

    @Test func `what is there is read, what is left out is nil or its default`() throws {
        var section = try section(("device", .scalar("/dev/ttyUSB0")))
        #expect(try section.require(device) == "/dev/ttyUSB0")
        #expect(try section.optional(speed) == nil)
        #expect(try section.value(speed, default: 9600) == 9600)
        try section.finish()
    }

    @Test func `a key that must be there is missed with the section's line and what it means`() throws {
        var section = try section(("speed", .scalar("9600")))
        #expect(throws: SettingsError(line: 9, path: "lines.home.device", reason: "missing. Where the modem is.")) { try section.require(device) }
    }

    @Test func `an unknown key is refused on its line, with those that are known`() throws {
        var section = try section(("device", .scalar("x")), ("sped", .scalar("9600")))
        _ = try section.require(device)
        _ = try section.optional(speed)
        #expect(throws: SettingsError(line: 11, path: "lines.home.sped", reason: "unknown key; known here: device, speed")) { try section.finish() }
    }

    @Test func `a key given twice is refused on the line of the second`() {
        #expect(throws: SettingsError(line: 12, path: "lines.home.device", reason: "given twice")) {
            try section(("device", .scalar("a")), ("speed", .scalar("9600")), ("device", .scalar("a")))
        }
        #expect(throws: SettingsError(line: 11, path: "state", reason: "given twice")) {
            try section(("state", .scalar("a")), ("state", .scalar("a")), path: "")
        }
    }

    @Test(arguments: [Node.Content.scalar("x"), .list("x")])
    func `what should be a section and is none is refused`(content: Node.Content) throws {
        var root = try section(("http", content), path: "")
        #expect(throws: SettingsError(line: 10, path: "http", reason: "a section with keys expected")) { try root.section("http") }
    }

    @Test func `a section left out is nil, and an empty one is not`() throws {
        var root = try section(("http", .section([])), path: "")
        #expect(try root.section("log") == nil)
        let http = try #require(try root.section("http"))
        #expect(http.path == "http")
        #expect(http.line == 10)
        try root.finish()
        var none = Section(emptyAt: "log")
        #expect(try none.value(speed, default: 300) == 300)
        try none.finish()
    }

    @Test func `named sections come in the order written, under their own paths`() throws {
        let lines = Node.Content.section([
            Node.Entry(name: "work", value: Node(.section([Node.Entry(name: "speed", value: Node(.scalar("?"), line: 22))]), line: 21)),
            Node.Entry(name: "home", value: Node(.section([]), line: 23)),
        ])
        var root = try section(("lines", lines), path: "")
        var found = try root.namedSections("lines")
        #expect(found.map(\.name) == ["work", "home"])
        #expect(throws: SettingsError(line: 22, path: "lines.work.speed", reason: "a whole number from 300 to 115200 expected")) {
            try found[0].section.optional(speed)
        }
        #expect(try root.namedSections("endpoints").isEmpty)
        try root.finish()
    }

    @Test(arguments: ["", "a b", "a.b", "../x", "ü", String(repeating: "x", count: 41)])
    func `a name that could not be a folder's is refused`(name: String) throws {
        var root = try section(("lines", .section([Node.Entry(name: name, value: Node(.section([]), line: 30))])), path: "")
        #expect(throws: SettingsError(line: 30, path: "lines.\(name)", reason: "names are letters, digits, - and _")) { try root.namedSections("lines") }
    }

    @Test func `an error about a key is on its line, or on the section's where it was left out`() throws {
        let section = try section(("device", .scalar("x")))
        #expect(section.error("device", "odd") == SettingsError(line: 10, path: "lines.home.device", reason: "odd"))
        #expect(section.error("speed", "odd") == SettingsError(line: 9, path: "lines.home.speed", reason: "odd"))
    }

    @Test func `an error reads as line, path and reason`() {
        #expect(SettingsError(line: 3, path: "lines.home", reason: "odd").description == "line 3: lines.home: odd")
        #expect(SettingsError(line: 3, path: "", reason: "odd").description == "line 3: odd")
        #expect(SettingsError(line: 0, path: "lines", reason: "odd").description == "lines: odd")
    }
}
