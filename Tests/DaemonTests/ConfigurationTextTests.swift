import Settings
import Testing

@testable import Daemon

@Suite struct ConfigurationTextTests {
    private static let text = """
        # Our house.
        state: /srv/homeline   # the big disk
        country: "CH"

        lines:
          # The stick in the attic.
          home:
            trunk: modem
            device: imei:490154203237518 # found by its IMEI
            # pin-file: /etc/homeline/pin

          # Father's.
          work:
            trunk: loopback

        endpoints:
          softphone:
            listen: ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"]  # both
        # The end.

        """

    private func changed(_ changes: ConfigurationChange..., in text: String = Self.text) throws -> String {
        var configuration = ConfigurationText(text)
        for change in changes { try configuration.apply(change) }
        return configuration.text
    }

    @Test func `a value is replaced, and the remark behind it stays`() throws {
        #expect(try changed(.set(["state"], "/var/lib/homeline")) == Self.text.replacing("/srv/homeline", with: "/var/lib/homeline"))
        #expect(try changed(.set(["country"], "DE")) == Self.text.replacing("\"CH\"", with: "DE"))
        #expect(try changed(.set(["endpoints", "softphone", "listen"], ["udp:[::]:5060"])) == Self.text.replacing("[\"udp:0.0.0.0:5060\", \"tcp:0.0.0.0:5060\"]", with: "[\"udp:[::]:5060\"]"))
    }

    @Test func `a line is added after the others, as they are indented`() throws {
        let after = try changed(.set(["lines", "boat"], ["trunk": "hilink", "url": "http://192.168.8.1"]))
        #expect(after == Self.text.replacing("    trunk: loopback\n", with: "    trunk: loopback\n  boat:\n    trunk: hilink\n    url: http://192.168.8.1\n"))
        let wide = "lines:\n    home:\n        trunk: loopback\n"
        #expect(try changed(.set(["lines", "boat", "trunk"], "loopback"), in: wide) == wide + "    boat:\n      trunk: loopback\n")
    }

    @Test func `a key is added to a section, behind remarks that are indented as it is`() throws {
        let after = try changed(.set(["lines", "home", "number"], "+41791234567"))
        #expect(after == Self.text.replacing("    # pin-file: /etc/homeline/pin\n", with: "    # pin-file: /etc/homeline/pin\n    number: \"+41791234567\"\n"))
    }

    @Test func `a section that nobody wrote is made at the end`() throws {
        #expect(try changed(.set(["http", "listen"], "127.0.0.1:8080")) == Self.text + "\nhttp:\n  listen: 127.0.0.1:8080\n")
        #expect(try changed(.set(["http", "listen"], "127.0.0.1:8080"), in: "") == "http:\n  listen: 127.0.0.1:8080\n")
        #expect(try changed(.set(["lines", "home"], ["trunk": "loopback"]), in: "lines:\ncountry: CH") == "lines:\n  home:\n    trunk: loopback\ncountry: CH")
        #expect(try changed(.set(["country"], "CH"), in: "state: /x") == "state: /x\ncountry: CH\n")
    }

    @Test func `a section that is replaced keeps its remarks, and loses the keys that are gone`() throws {
        let after = try changed(.set(["lines", "home"], ["trunk": "modem", "device": "tcp:10.0.0.1:7000", "number": "1"]))
        #expect(after == Self.text.replacing("imei:490154203237518", with: "tcp:10.0.0.1:7000").replacing("/etc/homeline/pin\n", with: "/etc/homeline/pin\n    number: 1\n"))
        let braces = try changed(.set(["lines", "home"], ["device": "x"]), in: "lines:\n  home: {trunk: modem, device: y} # here\n")
        #expect(braces == "lines:\n  home: # here\n    device: x\n")
    }

    @Test func `what is taken away is gone, and nothing else`() throws {
        #expect(try changed(.remove(["lines", "work"])) == Self.text.replacing("  work:\n    trunk: loopback\n", with: ""))
        #expect(try changed(.remove(["country"])) == Self.text.replacing("country: \"CH\"\n", with: ""))
        #expect(try changed(.remove(["lines", "attic"]), .remove(["log", "level"])) == Self.text)
        #expect(try changed(.remove(["lines", "home"]), in: "lines:\n  home:\n    trunk: loopback\n") == "lines:\n")
    }

    @Test func `every change and its contrary give the text back, octet by octet`() throws {
        #expect(try changed(.set(["lines", "x", "trunk"], "y"), .remove(["lines", "x"])) == Self.text)
        #expect(try changed(.set(["log", "level"], "debug"), .remove(["log"])) == Self.text + "\n")
    }

    @Test func `lines that end as on other systems go on to end so`() throws {
        let text = "country: CH # home\r\nlines:\r\n  home:\r\n    trunk: loopback\r\n"
        let after = try changed(.set(["country"], "DE"), .set(["lines", "home", "number"], "1"), in: text)
        #expect(Array(after.utf8) == Array("country: DE # home\r\nlines:\r\n  home:\r\n    trunk: loopback\r\n    number: 1\r\n".utf8))
    }

    @Test(arguments: ["", "a b", "yes: no", "#x", "- a", "*", "&x", "it's \"so\"", "a\nb\u{0}\u{7F}\u{2028}\u{FEFF}", "ü 😀", "+4179", "null", "a:", "{a}", "\\", "\u{85}", "%x", "@x"])
    func `any text can be a value, in a line of its own and in a list`(value: String) throws {
        let scalar = try changed(.set(["log", "x"], Node(value)))
        #expect(try YAMLDocument.parse(scalar)["log", "x"]?.text == value)
        let list = try changed(.set(["log", "x"], [Node(value), "udp:0.0.0.0:5060"]))
        #expect(try YAMLDocument.parse(list)["log", "x"]?.meaning == [Node(value), "udp:0.0.0.0:5060"])
    }

    @Test(arguments: ["{lines: {home: {trunk: modem}}}", "lines: {home: {trunk: modem}}", "lines: [a]", "lines: text", "lines: [", "- a", "lines:\n  home: {trunk: modem}\n"])
    func `what is not written line by line is refused, and stays as it was`(text: String) throws {
        var configuration = ConfigurationText(text)
        #expect(throws: SettingsError.self) { try configuration.apply(.set(["lines", "home", "device"], "x")) }
        #expect(configuration.text == text)
    }

    @Test(arguments: ["lines:\n- a\n- b\nx: y\n", "text: |\n  # no remark\n  more\n\nx: y\n", "text: 'one\n  two # three'\nx: y # z\n", "? x\n: y\n", "---\nx: y\n...\n", "x: \"a # b\" # c\n"])
    func `odd texts are changed rightly or not at all`(text: String) throws {
        let before = try YAMLDocument.parse(text)
        for change in [ConfigurationChange.set(["x"], "new"), .remove(["x"]), .set(["z", "a"], "b"), .set(["lines"], "c"), .remove(["text"])] {
            var configuration = ConfigurationText(text)
            try? configuration.apply(change)
            let after = try YAMLDocument.parse(configuration.text).meaning
            #expect(after == before.applying(change).meaning || configuration.text == text)
        }
    }
}
