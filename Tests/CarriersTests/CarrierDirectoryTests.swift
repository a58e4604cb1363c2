import Exchange
import Settings
import Testing

@testable import Carriers

@Suite struct CarrierDirectoryTests {
    static func section(_ entries: [(String, String)]) throws -> Section {
        try Section(Node(.section(entries.map { .init(name: $0.0, value: Node(.scalar($0.1), line: 1)) }), line: 1), path: "lines.home.mms")
    }

    static func settings(_ entries: [(String, String)]) throws -> CarrierSettings {
        var section = try section(entries)
        let settings = try CarrierSettings(section: &section)
        try section.finish()
        return settings
    }

    @Test func `the line's settings lie over the list, key by key`() throws {
        let profile = try ProviderFileTests.withFile(ProviderFileTests.sample) { file in
            try CarrierDirectory(file: file).profile(
                imsi: "310150123456789",
                settings: try Self.settings([("proxy", "none"), ("size-limit", "500000"), ("image-size", "800x600"), ("acknowledge-to", "content-location")]))
        }
        #expect(profile.apn == "mms.owner")
        #expect(profile.proxy == nil)
        #expect(profile.limits == MultimediaLimits(size: 500_000, imageWidth: 800, imageHeight: 600, recipients: 10))
        #expect(profile.acknowledgeTo == .contentLocation)
    }

    @Test func `a message centre of the settings is not looked for behind the listed proxy`() throws {
        let profiles = try ProviderFileTests.withFile(ProviderFileTests.sample) { file in
            try ["http://own.example/mms", "http://owner.example/mms"].map {
                try CarrierDirectory(file: file).profile(imsi: "310150123456789", settings: try Self.settings([("mmsc", $0)]))
            }
        }
        #expect(profiles[0].proxy == nil)
        #expect(profiles[1].proxy != nil)
        #expect(profiles.allSatisfy { $0.apn == "mms.owner" })
    }

    @Test func `the access point chooses among those who share a network`() throws {
        let profile = try ProviderFileTests.withFile(ProviderFileTests.sample) { file in
            try CarrierDirectory(file: file).profile(imsi: "310150123456789", settings: try Self.settings([("apn", "guest")]))
        }
        #expect(profile.mmsc == "http://guest.example/mms")
    }

    @Test func `without a list and without settings the reason names the package`() throws {
        let directory = CarrierDirectory(file: ProviderFile(path: "/nowhere"))
        let error = #expect(throws: CarrierDirectory.NotFound.self) { try directory.profile(imsi: "310150123456789", settings: CarrierSettings()) }
        #expect(try #require(error).description.contains("mobile-broadband-provider-info"))
    }

    @Test func `an MMSC of the settings is enough, and what is known of it is added`() throws {
        let directory = CarrierDirectory(file: ProviderFile(path: "/nowhere"))
        let profile = try directory.profile(imsi: nil, settings: try Self.settings([("mmsc", "http://mms.vtext.com/servlets/mms")]))
        #expect(profile.userAgent == "T408DL-MMS/2.0")
        #expect(profile.headers.map { $0.value(for: "+1 (555) 010-0100") } == ["15550100100"])
        #expect(profile.limits.size == 1_200_000)
    }

    @Test func `a header of the settings replaces the known one of its name`() throws {
        let directory = CarrierDirectory(file: ProviderFile(path: "/nowhere"))
        let profile = try directory.profile(
            imsi: nil, settings: try Self.settings([("mmsc", "http://mms.vtext.com/servlets/mms"), ("headers", "x-vzw-mdn: {number}")]))
        #expect(profile.headers.map(\.template) == ["{number}"])
        #expect(profile.headers.first?.value(for: nil) == nil)
    }

    @Test(arguments: [
        ("apn", "a\"b"), ("mmsc", "ftp://x"), ("mmsc", "http://x y"), ("proxy", "host:99999"), ("proxy", "user@host:80"), ("user-agent", "a\r\nHost: x"),
        ("headers", "Host: x"), ("headers", "no colon"), ("headers", "Na me: x"), ("size-limit", "1"), ("image-size", "0x0"), ("image-size", "9999999"),
        ("recipients", "0"), ("acknowledge-to", "nobody"), ("profile-url", "http://x\"y"), ("password-file", "/nowhere/at/all"), ("colour", "red"),
    ])
    func `what cannot be right is refused at its line`(key: String, value: String) throws {
        #expect(throws: SettingsError.self) { _ = try Self.settings([(key, value)]) }
    }
}
