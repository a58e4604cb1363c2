import Settings
import Telephony
import Testing

@testable import Daemon

@Suite struct DaemonSettingsTests {
    private static let least = "country: CH\nlines:\n  home:\n    device: /dev/ttyUSB0\n"

    @Test func `a country and a line are a configuration`() throws {
        let settings = try DaemonSettings(yaml: Self.least)
        #expect(settings.lines.map(\.id) == ["home"])
        #expect(settings.lines.map(\.kind) == ["modem"])
        #expect(settings.lines.map(\.country) == ["CH"])
        #expect(settings.endpoints.isEmpty)
        #expect(settings.http.listen == "127.0.0.1:8080")
        #expect(settings.stateDirectory == "/var/lib/homeline")
    }

    @Test(arguments: ["", "country: CH\n", "lines:\n", "# nothing yet\n"])
    func `a file without lines is where the first run begins`(yaml: String) throws {
        #expect(try DaemonSettings(yaml: yaml).lines.isEmpty)
    }

    @Test func `a line's own country goes before the one for all`() throws {
        let settings = try DaemonSettings(yaml: Self.least + "    country: de\n  work:\n    trunk: loopback\n")
        #expect(settings.lines.map(\.country) == ["DE", "CH"])
        #expect(settings.lines.map(\.kind) == ["modem", "loopback"])
    }

    @Test func `an endpoint is named for its kind, or says it`() throws {
        let settings = try DaemonSettings(yaml: Self.least + "endpoints:\n  webhook:\n    url: x\n  office:\n    kind: webhook\n    lines: home\n")
        #expect(settings.endpoints.map(\.kind) == ["webhook", "webhook"])
        #expect(settings.endpoints.map(\.id) == ["webhook", "office"])
        #expect(settings.endpoints.map(\.lines) == [nil, ["home"]])
    }

    @Test func `no HTTP listener is wanted by saying none`() throws {
        #expect(try DaemonSettings(yaml: Self.least + "http:\n  listen: none\n").http.listen == nil)
    }

    @Test func `what the API allows is read, and nothing is allowed or bounded by itself`() throws {
        let http = try DaemonSettings(yaml: Self.least + "http:\n  sends-per-minute: 60\n  metrics-from: [192.0.2.7, \"::1\"]\n").http
        #expect(http.sendsPerMinute == 60)
        #expect(http.metricsReaders.map(\.description).sorted() == ["0:0:0:0:0:0:0:1", "192.0.2.7"])
        let least = try DaemonSettings(yaml: Self.least).http
        #expect(least.sendsPerMinute == nil && least.metricsReaders.isEmpty)
    }

    @Test(arguments: [
        ("country: CHE\n", 1, "country"), ("lines:\n  home:\n    device: x\n", 3, "lines.home.country"),
        (least + "lines_:\n  x: y\n", 6, "lines_"), (least + "  house:\n    trunk: loopback\n", 6, "lines.house"), (least + "  my line:\n    trunk: loopback\n", 6, "lines.my line"),
        (least + "endpoints:\n  softphone:\n    lines: [home, away]\n", 7, "endpoints.softphone.lines"), (least + "http:\n  certificate: x\n", 6, "http.certificate"),
        (least + "http: 8080\n", 5, "http"), (least + "http:\n  sends-per-minute: 0\n", 6, "http.sends-per-minute"),
        (least + "http:\n  metrics-from: [localhost]\n", 6, "http.metrics-from"), (least + "log:\n  level: loud\n", 6, "log.level"), (least + "log:\n  reveal: perhaps\n", 6, "log.reveal"),
        (least + "lifetimes:\n  sending: 24\n", 6, "lifetimes.sending"), (least + "state: [a]\n", 5, "state"),
    ])
    func `a mistake is told with its line and its path`(yaml: String, line: Int, path: String) throws {
        let error = try #require(throws: SettingsError.self) { try DaemonSettings(yaml: yaml) }
        #expect(error.line == line)
        #expect(error.path == path)
        #expect(!error.reason.isEmpty)
    }

    @Test(arguments: ["country: [", "country: CH\n\tlines: x", "a: b: c", "- CH", "just words", "a: &x 1\nb: *x"])
    func `what is no YAML, or no section, is told and never taken`(yaml: String) {
        #expect(throws: SettingsError.self) { try DaemonSettings(yaml: yaml) }
    }
}
