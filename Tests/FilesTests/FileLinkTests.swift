import Foundation
import HTTPStack
import HomelineTesting
import Logging
import Telephony
import Testing

@testable import Files

@Suite struct FileLinkTests {
    private let media: Media
    private let links: FileLinks
    private let start = Instant(seconds: 1_795_214_881)

    init() throws {
        media = try #require(Media(digest: String(repeating: "0a", count: 32), size: 48_213))
        links = FileLinks(publicURL: try #require(WebURL("https://sms.example.org:8443/home/")), seal: Self.seal)
    }

    private static let seal: FileLink.Seal = { [UInt8](repeating: UInt8(truncatingIfNeeded: $0.reduce(5381) { ($0 &* 33) ^ Int($1) }), count: 32) }

    private var photo: FileLink { FileLink(.media(media), name: "my photo.jpg", contentType: "image/jpeg", expires: start) }

    @Test func `an address of ours says all that it stands for`() {
        let url = links.url(of: photo)
        #expect(url.hasPrefix("https://sms.example.org:8443/home/files/m."))
        #expect(url.hasSuffix(".image~jpeg/my_photo.jpg"))
        #expect(links.reading(of: url) == .ours(photo))
        let note = FileLink(.playable(MessageID(high: 1, low: 2), 3), name: "note.m4a", contentType: "audio/mp4", expires: start)
        #expect(links.reading(of: links.url(of: note)) == .ours(note))
        let small = FileLink(.part(MessageID(high: 1, low: 2), 3), name: "card.vcf", contentType: "text/vcard", expires: start)
        #expect(links.reading(of: links.url(of: small)) == .ours(small))
    }

    @Test func `nothing of an address needs to be escaped, whatever the file is called`() {
        let url = links.url(of: FileLink(.media(media), name: "żółć & 🎉?#%.png", contentType: "image/png", expires: start))
        #expect(url.dropFirst("https://".count).utf8.allSatisfy { !"%?# \"&+".utf8.contains($0) && $0 < 0x7F })
        #expect(url.hasSuffix("/_.png"))
    }

    @Test func `nothing of an address can be changed`() throws {
        let key = LinkKey(directory: "/nowhere", log: .init(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let sealed = FileLinks(publicURL: try #require(WebURL("https://h")), seal: key.seal)
        let octets = Array(sealed.url(of: photo).utf8), start = "https://h/files/".utf8.count
        for index in start..<octets.count {
            var changed = octets
            changed[index] = changed[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let reading = sealed.reading(of: String(decoding: changed, as: UTF8.self))
            if case .ours = reading { Issue.record("taken with another octet at \(index)") }
        }
    }

    @Test func `a key that cannot be read for a while is not replaced, and serves again`() throws {
        let directory = try TemporaryDirectory(), files = FileManager.default
        let path = directory.file("files.key"), aside = directory.file("aside.key")
        func key() -> LinkKey { LinkKey(directory: directory.path, log: .init(label: "test") { _ in SwiftLogNoOpLogHandler() }) }
        let before = key().seal([1])
        #expect(key().seal([1]) == before)
        // No link is followed, so behind one it cannot be read.
        try files.moveItem(atPath: path, toPath: aside)
        try files.createSymbolicLink(atPath: path, withDestinationPath: aside)
        let later = key(), meanwhile = later.seal([1])
        #expect(meanwhile != before && later.seal([1]) == meanwhile)
        #expect(try files.destinationOfSymbolicLink(atPath: path) == aside)
        try files.removeItem(atPath: path)
        try files.moveItem(atPath: aside, toPath: path)
        #expect(later.seal([1]) == before)
    }

    @Test func `other servers' addresses are foreign, and what is none is unreadable`() throws {
        #expect(links.reading(of: "https://files.linphone.org/x") == .foreign(try #require(WebURL("https://files.linphone.org/x"))))
        #expect(links.reading(of: "file:///etc/passwd") == .unreadable)
        #expect(links.reading(of: "https://sms.example.org:8443/home/files/m.1.2.3/x") == .forged)
        #expect(links.reading(of: "https://sms.example.org:8443/home/files/") == .forged)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["", "h", "https://sms.example.org:8443/home/files/"])
    func `an address of a picture's length is none, and that is said in a moment`(beginning: String) {
        let reading = links.reading(of: beginning + String(repeating: "\u{301}", count: 500_000) + String(repeating: "\u{338}", count: 500_000))
        #expect(reading == .unreadable)
    }

    @Test(arguments: [
        ("image/jpeg", "image/jpeg"), ("Audio/AMR; rate=8000", "audio/amr"), ("", "application/octet-stream"), ("text", "application/octet-stream"),
        ("text/html\r\nX-Evil: 1", "application/octet-stream"), ("a/b/c", "application/octet-stream"), ("image/svg+xml", "image/svg+xml"),
    ])
    func `a type is one or none`(written: String, plain: String) {
        #expect(FileLink.plain(written) == plain)
    }

    @Test(arguments: [
        ("photo.jpg", "photo.jpg"), ("../../etc/passwd", "passwd"), ("C:\\x\\y.jpg", "y.jpg"), ("", "file"), ("..", "file"), ("a\u{0}b\n.jpg", "ab.jpg"),
        ("\u{202E}gpj.exe", "gpj.exe"), ("żółć 🎉.png", "żółć 🎉.png"),
    ])
    func `names are harmless`(written: String, harmless: String) {
        #expect(FileName.harmless(written) == harmless)
    }

    @Test func `a long name keeps its ending`() {
        let name = FileName.harmless(String(repeating: "é", count: 300) + ".jpeg")
        #expect(name.utf8.count <= 120)
        #expect(name.hasSuffix(".jpeg"))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["a", "a\u{301}", "\u{301}", "🎉"])
    func `a name of a picture's length is shortened in a moment`(piece: String) {
        let name = FileName.harmless("x/\u{301}" + String(repeating: piece, count: 400_000) + ".jpeg")
        #expect((100...120).contains(name.utf8.count))
        #expect(!name.unicodeScalars.contains("/"))
        #expect(!name.unicodeScalars.contains("\u{FFFD}"))
        #expect(name.hasSuffix(".jpeg"))
    }
}
