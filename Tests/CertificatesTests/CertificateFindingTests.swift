import Crypto
import Foundation
import SwiftASN1
import Telephony
import Testing
import X509

@testable import Certificates

/// What is said of certificates at `homeline check` and at the start.
struct CertificateFindingTests {
    private let today = Instant(seconds: 1_770_000_000)

    private func finding(_ chain: String, _ key: String, as hosts: [String] = ["sms.example.org"]) throws -> CertificateFinding {
        let place = try Place()
        try place.put(chain: chain, key: key)
        return CertificateFinding.about(place.files, servingAs: hosts, now: today)
    }

    private func finding(_ pair: SelfSigned, as hosts: [String] = ["sms.example.org"]) throws -> CertificateFinding {
        try finding(pair.chain, pair.privateKey, as: hosts)
    }

    @Test func `a good one is good until its end`() throws {
        let found = try finding(SelfSigned(names: ["sms.example.org", "192.0.2.7"], from: today, lasting: .seconds(100 * 86_400)))
        #expect(found.verdict == .good && found.advice == nil)
        #expect(found.sentence.hasSuffix("is self-signed and good until 2026-05-13T02:40:00Z."))
        #expect(found.names == ["sms.example.org", "192.0.2.7"])
    }

    @Test func `one that has ended, or has not begun, is bad`() throws {
        let ended = try finding(SelfSigned(names: ["sms.example.org"], from: today - .seconds(100), lasting: .seconds(99)))
        #expect(ended.verdict == .bad && ended.sentence.contains("ended on") && ended.advice != nil)
        let early = try finding(SelfSigned(names: ["sms.example.org"], from: today + .seconds(100)))
        #expect(early.verdict == .bad && early.sentence.contains("begins only on"))
    }

    @Test func `one that ends soon is told`() throws {
        let found = try finding(SelfSigned(names: ["sms.example.org"], from: today - .seconds(80 * 86_400), lasting: .seconds(90 * 86_400)))
        #expect(found.verdict == .doubtful && found.sentence.contains("ends in 10 days"))
    }

    @Test(arguments: [("other.example.org", false), ("SMS.example.org", true), ("sms.example.org", true), ("example.org", false)])
    func `the name must be the one it is reached by`(host: String, isServed: Bool) throws {
        let found = try finding(SelfSigned(names: ["sms.example.org"], from: today), as: [host])
        #expect((found.verdict == .good) == isServed)
        #expect(isServed || found.sentence.hasSuffix("is for sms.example.org, and not for \(host), by which it is reached."))
    }

    @Test(arguments: [("a.example.org", true), ("a.b.example.org", false), ("example.org", false), (".example.org", true)])
    func `a wildcard stands for one whole label`(host: String, isServed: Bool) throws {
        let made = try Issuance(now: today, names: ["*.example.org"])
        #expect(try CertificateChain(pem: Array(made.leaf.utf8)).serves(host) == isServed)
    }

    @Test func `two ways to write an address are one`() throws {
        let chain = try CertificateChain(pem: Array(SelfSigned(names: ["2001:DB8:0::1"], from: today).chain.utf8))
        #expect(chain.serves("2001:db8::1") && !chain.serves("2001:db8::2"))
    }

    @Test func `a chain whose members do not vouch for each other is told with the place`() throws {
        let one = try Issuance(now: today, names: ["sms.example.org"]), other = try Issuance(now: today, names: ["x.example.org"], authority: "Another")
        let whole = try finding(one.leaf + one.authority, one.key)
        #expect(whole.verdict == .good)
        let broken = try finding(one.leaf + other.authority, one.key)
        #expect(broken.verdict == .doubtful)
        #expect(broken.sentence.contains("certificate 1 (CN=sms.example.org) names CN=Test Authority as its issuer, and CN=Another follows"))
        let forged = try Issuance(now: today, names: ["x.example.org"])
        #expect(try finding(one.leaf + forged.authority, one.key).verdict == .doubtful)
    }

    @Test func `the wrong order is a key that belongs to another`() throws {
        let made = try Issuance(now: today, names: ["sms.example.org"])
        let found = try finding(made.authority + made.leaf, made.key)
        #expect(found.verdict == .bad && found.sentence.contains("does not belong to the first certificate"))
    }

    @Test func `one without those that vouch for it is told`() throws {
        let made = try Issuance(now: today, names: ["sms.example.org"])
        let found = try finding(made.leaf, made.key)
        #expect(found.verdict == .doubtful && found.sentence.contains("without those that vouch for it"))
    }

    @Test func `two thirds of its life is when it is renewed`() throws {
        let chain = try CertificateChain(pem: Array(SelfSigned(names: ["a.example.org"], from: today, lasting: .seconds(90)).chain.utf8))
        #expect(chain.renewal == today + .seconds(60))
    }

    @Test(arguments: ["", "a b", "-a.example.org", "sms_1.example.org", "*.example.org", String(repeating: "a", count: 64) + ".org"])
    func `what is no name is not certified`(name: String) {
        #expect(throws: SelfSigned.BadName.self) { try SelfSigned(names: [name], from: today) }
    }
}
