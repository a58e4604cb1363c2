import Certificates
import Foundation
import Glibc
import HomelineTesting
import Telephony
import Testing

@testable import Daemon

@Suite struct SelfSignedFilesTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func make() throws -> CertificateFiles {
        let files = try SelfSignedFiles.make(host: "sms.example.org", directory: directory.path)
        return CertificateFiles(chain: files.certificate, privateKey: files.key)
    }

    private func mode(_ path: String) throws -> Int? { try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }

    @Test func `a pair that is made anew is put in the place of the old one, which stays whole until then`() throws {
        let files = try make()
        // Other names of the old files: what is written into them would show here.
        let old = CertificateFiles(chain: directory.file("old.crt"), privateKey: directory.file("old.key"))
        try FileManager.default.linkItem(atPath: files.chain, toPath: old.chain)
        try FileManager.default.linkItem(atPath: files.privateKey, toPath: old.privateKey)
        #expect(try make() == files)
        _ = try ServerIdentity(old)
        _ = try ServerIdentity(files)
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory.path)) == ["homeline.crt", "homeline.key", "old.crt", "old.key"])
        // What is between the two files, when the power fails there.
        let torn = CertificateFiles(chain: old.chain, privateKey: files.privateKey)
        #expect(throws: CertificateFault.keyOfAnother(chain: torn.chain, key: torn.privateKey)) { try ServerIdentity(torn) }
    }

    @Test func `the key is its owner's alone, and everybody may read the certificate`() throws {
        for _ in 0..<2 {
            let files = try make()
            #expect(try mode(files.privateKey) == 0o600)
            #expect(try mode(files.chain) == 0o644)
        }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `whoever was given the old files is given the new ones`() throws {
        let files = try make()
        for path in [files.chain, files.privateKey] { #expect(chown(path, 4711, 4712) == 0) }
        _ = try make()
        for path in [files.chain, files.privateKey] {
            let owner = try FileManager.default.attributesOfItem(atPath: path)
            #expect(owner[.ownerAccountID] as? Int == 4711 && owner[.groupOwnerAccountID] as? Int == 4712)
        }
    }

    @Test func `where the key cannot be kept there is no certificate either`() throws {
        try FileManager.default.createDirectory(atPath: directory.file("homeline.key"), withIntermediateDirectories: false)
        #expect(throws: StateError.self) { try make() }
        #expect(!FileManager.default.fileExists(atPath: directory.file("homeline.crt")))
    }

    @Test(arguments: [0, 0.5]) func `an empty or half file is not begun with, and what is wrong is said`(share: Double) throws {
        for broken in ["homeline.crt", "homeline.key"] {
            let files = try make()
            let octets = try #require(FileManager.default.contents(atPath: directory.file(broken)))
            try octets.prefix(Int(Double(octets.count) * share)).write(to: URL(fileURLWithPath: directory.file(broken)))
            let settings = try DaemonSettings(
                yaml: "state: /s\ncountry: CH\nlines:\n  home:\n    trunk: loopback\nhttp:\n  listen: 127.0.0.1:8443\n  certificate: \(files.chain)\n  key: \(files.privateKey)\n")
            let finding = try #require(ShownCertificate.all(settings).first).finding(now: SystemClock().now())
            #expect(finding.end == nil && finding.verdict == .bad)
            #expect(finding.sentence.contains(directory.file(broken)) && finding.advice != nil)
        }
    }
}
