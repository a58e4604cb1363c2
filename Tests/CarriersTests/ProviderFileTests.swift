import Exchange
import Foundation
import Testing

@testable import Carriers

@Suite struct ProviderFileTests {
    static let sample = """
        <?xml version="1.0" encoding='utf-8'?>
        <!DOCTYPE serviceproviders SYSTEM "serviceproviders.2.dtd">
        <serviceproviders format="2.0">
        <country code="xx"><name>Nowhere</name>
          <provider><name>Guest</name><gsm><network-id mcc="310" mnc="150"/>
            <apn value="guest"><usage type="mms"/><mmsc>http://guest.example/mms</mmsc></apn></gsm></provider>
          <provider primary="true"><name>Owner &amp; Sons</name><gsm><network-id mcc="310" mnc="150"/><network-id mcc="310" mnc="15"/>
            <apn value="all"><usage type="internet"/><name>Everything</name><mmsc>http://owner.example/all</mmsc></apn>
            <apn value="web"><usage type="internet"/></apn>
            <apn value="mms.owner"><usage type="mms"/><username>u</username><password>p</password><dns>10.0.0.1</dns><dns>10.0.0.2</dns>
              <mmsc> http://owner.example/mms </mmsc><mmsproxy>10.1.1.1:8080</mmsproxy></apn></gsm></provider>
          <provider><name>Far</name><gsm><network-id mcc="999" mnc="01"/><apn value="far"><mmsc>http://far.example</mmsc></apn></gsm></provider>
        </country></serviceproviders>
        """

    /// A file with the text, for the time of the body.
    static func withFile<Value>(_ text: String, _ body: (ProviderFile) throws -> Value) throws -> Value {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("providers-\(UUID().uuidString)").path
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(ProviderFile(path: path))
    }

    @Test func `the operator's own access point for MMS goes before its others and before its guests'`() throws {
        let profiles = try Self.withFile(Self.sample) { try $0.profiles(of: NetworkCode.candidates(imsi: "310150123456789")) }
        #expect(profiles.map(\.apn) == ["mms.owner", "all", "guest"])
        let best = try #require(profiles.first)
        #expect(best.name == "Owner & Sons")
        #expect(best.mmsc == "http://owner.example/mms")
        #expect(best.proxy == ProxyAddress(host: "10.1.1.1", port: 8080))
        #expect(best.resolvers == ["10.0.0.1", "10.0.0.2"])
        #expect(best.user == "u" && best.password == "p")
    }

    @Test func `a network code of two digits is found when there is none of three`() throws {
        let profiles = try Self.withFile(Self.sample) { try $0.profiles(of: NetworkCode.candidates(imsi: "999012222222222")) }
        #expect(profiles.map(\.name) == ["Far"])
    }

    @Test func `a network that is not listed has no carrier`() throws {
        #expect(try Self.withFile(Self.sample) { try $0.profiles(of: NetworkCode.candidates(imsi: "001010000000000")) }.isEmpty)
    }

    @Test func `a file that is not there is said to be missing`() {
        #expect(throws: ProviderFile.Unusable.missing(path: "/nowhere/x.xml")) { try ProviderFile(path: "/nowhere/x.xml").profiles(of: []) }
    }

    @Test func `a file too large to be a list of carriers is not read`() throws {
        let huge = "<x>" + String(repeating: " ", count: ProviderFile.sizeLimit) + "</x>"
        #expect(throws: ProviderFile.Unusable.tooLarge(octets: ProviderFile.sizeLimit + 1)) { try Self.withFile(huge) { try $0.profiles(of: []) } }
    }

    @Test func `entities are refused before the parser sees them`() throws {
        let laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>"
        #expect(throws: ProviderFile.Unusable.suspicious) { try Self.withFile(laughs) { try $0.profiles(of: []) } }
    }

    @Test(arguments: ["", "no XML", "<serviceproviders><country>", "<a></b>", String(repeating: "<apn>", count: 10_000)])
    func `what is no document is an error and nothing worse`(text: String) throws {
        #expect(throws: ProviderFile.Unusable.self) { try Self.withFile(text) { try $0.profiles(of: []) } }
    }

    @Test func `every cut of the file is an error or the same carriers`() throws {
        let octets = Array(Self.sample.utf8)
        for end in stride(from: 0, to: octets.count, by: 13) {
            let text = String(decoding: octets[..<end], as: UTF8.self)
            #expect(throws: ProviderFile.Unusable.self) { try Self.withFile(text) { try $0.profiles(of: NetworkCode.candidates(imsi: "310150123456789")) } }
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: ProviderFile.standardPath)))
    func `Debian's own list has carriers everybody knows`() throws {
        let file = ProviderFile()
        let tMobile = try file.profiles(of: NetworkCode.candidates(imsi: "310260123456789"))
        #expect(tMobile.first?.mmsc == "http://mms.msg.eng.t-mobile.com/mms/wapenc")
        let telekom = try file.profiles(of: NetworkCode.candidates(imsi: "262011234567890"))
        #expect(telekom.contains { $0.proxy != nil })
    }
}
