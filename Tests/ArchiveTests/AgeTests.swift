import Archive
import Foundation
import HomelineTesting
import Testing

@Suite struct AgeTests {
    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
    func `what was sealed is opened, whatever its length`(_ count: Int) throws {
        let plain = Self.octets(count)
        #expect(try Self.open(try Self.seal(plain), pieces: 4099) == plain)
    }

    @Test func `a file of Debian's age is opened`() throws {
        #expect(try Self.open(try Self.vector(), passphrase: "correct horse battery") == Array("Hello from age.\n".utf8))
    }

    @Test func `a drip gives the same as a flood`() throws {
        let sealed = try Self.seal(Self.octets(70_000))
        #expect(try Self.open(sealed, pieces: 1) == Self.open(sealed, pieces: .max))
    }

    @Test func `another passphrase is told as one`() throws {
        let sealed = try Self.seal([1, 2, 3])
        #expect(throws: AgeError.wrongPassphrase) { try Self.open(sealed, passphrase: "another") }
    }

    @Test func `every octet that is another is noticed`() throws {
        let sealed = try Self.seal(Self.octets(300))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: AgeError.self, "octet \(index)") { try Self.open(changed) }
        }
    }

    @Test func `a file that is cut off anywhere is no file`() throws {
        let sealed = try Self.seal(Self.octets(150))
        for count in sealed.indices { #expect(throws: AgeError.self, "\(count) octets") { try Self.open(Array(sealed.prefix(count))) } }
    }

    @Test func `a file that is cut off between chunks is told as that`() throws {
        let head = try Self.seal([]).count - 16
        let sealed = try Self.seal(Self.octets(3 * 65_536))
        #expect(throws: AgeError.truncated) { try Self.open(Array(sealed.prefix(head + 2 * (65_536 + 16)))) }
    }

    @Test func `chunks in another order are noticed`() throws {
        let sealed = try Self.seal(Self.octets(3 * 65_536))
        let head = try Self.seal([]).count - 16, chunk = 65_536 + 16
        let first = sealed[head..<(head + chunk)], second = sealed[(head + chunk)..<(head + 2 * chunk)]
        let turned = Array(sealed[..<head] + second + first + sealed[(head + 2 * chunk)...])
        #expect(throws: AgeError.damaged(offset: head)) { try Self.open(turned) }
    }

    @Test func `octets behind the end are noticed`() throws {
        #expect(throws: AgeError.self) { try Self.open(try Self.seal(Self.octets(100)) + [0]) }
    }

    @Test func `a file that asks for more memory than there is for it is refused before any is taken`() throws {
        let text = String(decoding: try Self.seal([]).prefix(200), as: UTF8.self)
        let greedy = Array(text.replacing(" 10\n", with: " 40\n").utf8)
        #expect(throws: AgeError.tooMuchWork(40)) { try Self.open(greedy) }
    }

    @Test(arguments: [
        "", "age-encryption.org/v2\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\nAAAA\n--- AAAA\n", "age-encryption.org/v1\n-> X25519 AAAA\nAAAA\n--- AAAA\n",
        "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA +1\nAAAA\n--- AAAA\n", "age-encryption.org/v1\n---\n", "SQLite format 3",
        "age-encryption.org/v1\n" + String(repeating: "x", count: 5000),
    ])
    func `what is no such file is told without a trap`(_ text: String) {
        #expect(throws: AgeError.self) { try Self.open(Array(text.utf8)) }
    }

    @Test func `the head says what it says in every file of the same secrets, and nothing of the passphrase`() throws {
        let head = String(decoding: try Self.seal([]).prefix(80), as: UTF8.self)
        #expect(head.hasPrefix("age-encryption.org/v1\n-> scrypt "))
        #expect(!head.contains(Self.passphrase))
    }

    private static let passphrase = "a passphrase of tests"

    private static func octets(_ count: Int) -> [UInt8] {
        var random = SplitMix(seed: UInt64(count))
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    private static func seal(_ plain: [UInt8]) throws -> [UInt8] {
        var random = SplitMix(seed: 1)
        var sealing = try AgeSealing(passphrase: passphrase, secrets: AgeSecrets { random.next() }, work: 10)
        return sealing.head + sealing.seal(plain) + sealing.finish()
    }

    private static func open(_ octets: [UInt8], passphrase: String = passphrase, pieces: Int = .max) throws -> [UInt8] {
        var opening = AgeOpening(passphrase: passphrase), plain: [UInt8] = [], start = 0
        while start < octets.count {
            let end = pieces < octets.count - start ? start + pieces : octets.count
            plain += try opening.open(octets[start..<end])
            start = end
        }
        return plain + (try opening.finish())
    }

    private static func vector() throws -> [UInt8] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/age/hello.txt")
        let digits = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").first { !$0.hasPrefix("#") } ?? ""
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    }
}
