import Exchange
import Foundation
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing

@testable import TrunkHiLink

@Suite struct KindTests {
    private func settings(_ entries: [(String, String)]) throws -> HiLinkSettings {
        let node = Node(.section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node(.scalar($1.1), line: $0 + 1)) }), line: 1)
        var section = try Section(node, path: "lines.home")
        let settings = try HiLinkSettings(line: "home", section: &section)
        try section.finish()
        return settings
    }

    @Test func `a section is read`() throws {
        let directory = try TemporaryDirectory()
        try Data("router secret\n".utf8).write(to: URL(filePath: directory.file("password")))
        try Data("4711 \n".utf8).write(to: URL(filePath: directory.file("pin")))
        let settings = try settings([
            ("url", "http://192.168.8.1"), ("password-file", directory.file("password")), ("pin-file", directory.file("pin")), ("poll-seconds", "3"),
            ("time-zone", "Europe/Zurich"), ("segments-per-text", "8"), ("reports", "yes"), ("mobile-data", "off"),
        ])
        #expect(settings.credentials == Credentials(user: "admin", password: "router secret") && settings.pin == "4711")
        #expect(settings.poll == .seconds(3) && settings.reports == .wanted && settings.mobileData == .off && settings.pictures == nil)
        #expect(settings.address.url("api/sms/sms-count")?.description == "http://192.168.8.1/api/sms/sms-count")
    }

    @Test(arguments: [
        ("url", "ftp://192.168.8.1"), ("url", "http://192.168.8.1/html"), ("url", "http://admin@192.168.8.1"), ("time-zone", "Mars/Olympus"),
        ("password-file", "/nowhere"), ("pin-file", "/etc/passwd"), ("mobile-data", "maybe"), ("poll-seconds", "0"),
    ])
    func `a mistake is told with its key`(key: String, value: String) {
        let entries = key == "url" ? [(key, value)] : [("url", "http://192.168.8.1"), (key, value)]
        let error = #expect(throws: SettingsError.self) { try settings(entries) }
        #expect(error?.path == "lines.home.\(key)")
    }
}
