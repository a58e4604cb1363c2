import HomelineTesting
import Telephony
import Testing

@testable import EndpointVerification

@Suite struct CodeTests {
    private func verification(_ count: UInt64, number: String = "+15550100123") -> Verification {
        Verification(id: Verification.ID(high: 0, low: count), number: number, country: "US", client: "", startedAt: Instant(seconds: 0), sends: [])
    }

    /// The value is Python's: `int.from_bytes(hmac.digest(bytes(range(32)), b"00000000000000000000000001 +15550100123", "sha256")[:8], "big") % 10**6`.
    @Test func `a code is six digits of a keyed hash`() {
        let key = CodeKey(Array(0..<32))
        #expect(key.code(of: verification(1)) == "502820")
    }

    @Test func `codes are six digits, differ, and use all digits alike`() {
        let key = CodeKey([1, 2, 3])
        let codes = (0..<2000).map { key.code(of: verification($0)) }
        #expect(codes.allSatisfy { code in code.count == 6 && code.allSatisfy { ("0"..."9").contains($0) } })
        #expect(Set(codes).count > 1990)
        var counts: [Character: Int] = [:]
        for digit in codes.joined() { counts[digit, default: 0] += 1 }
        // 12,000 digits, a tenth each: a tenth less or more is six standard deviations off, and over.
        #expect(counts.count == 10 && counts.values.allSatisfy { (1000...1400).contains($0) })
    }

    @Test func `another number, name or key gives another code`() {
        let one = CodeKey([1]), other = CodeKey([2])
        #expect(one.code(of: verification(1)) != other.code(of: verification(1)))
        #expect(one.code(of: verification(1)) != one.code(of: verification(1, number: "+15550100124")))
        #expect(one.code(of: verification(1)) != one.code(of: verification(2)))
    }

    @Test func `what people type is taken with spaces and hyphens, and nothing else`() {
        let key = CodeKey([7])
        let verification = verification(9)
        let code = key.code(of: verification)
        #expect(key.isCode(of: verification, code))
        #expect(key.isCode(of: verification, " \(code.prefix(3))-\(code.suffix(3)) "))
        for wrong in ["", String(code.dropLast()), code + "0", code.replacing(code.prefix(1), with: "x"), String(repeating: "1", count: 100_000)] {
            #expect(!key.isCode(of: verification, wrong))
        }
    }

    @Test func `a key is made once, for nobody else to read`() throws {
        let directory = try TemporaryDirectory()
        let first = try #require(CodeKey.kept(in: directory.path))
        let second = try #require(CodeKey.kept(in: directory.path, random: { _ in Array(repeating: 9, count: 32) }))
        #expect(first.code(of: verification(1)) == second.code(of: verification(1)))
        #expect(try mode(of: directory.file("codes.key")) == 0o600)
        #expect(CodeKey.kept(in: directory.file("missing")) == nil)
    }
}
