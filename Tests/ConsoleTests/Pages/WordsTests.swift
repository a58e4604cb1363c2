import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct WordsTests {
    /// What is the same word in both languages.
    private static let same: Set<String> = [
        "Messages", "Message", "Conversation", "Notifications", "Pages", "Code", "Console", "Segments", "Signal", "Type", "Format", "Route", "Port", "Note",
        "Contacts", "Tunnel (WireGuard)", "\\(count) octets",
    ]

    /// The sentences of all extensions of `Words`, as they stand in the sources: each `say` with its two literals.
    private func sentences() throws -> [(english: String, french: String)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Console").standardized
        var found: [(String, String)] = []
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /say\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"/) { found.append((String(match.1), String(match.2))) }
        }
        return found
    }

    @Test func `every sentence is there in both languages, and is another in each`() throws {
        let sentences = try sentences()
        #expect(sentences.count > 100)
        for (english, french) in sentences {
            #expect(!english.isEmpty && !french.isEmpty)
            #expect(english != french || Self.same.contains(english), "\(english)")
            let interpolations = { (text: String) in text.matches(of: /\\\(\w+/).map { String($0.0) }.sorted() }
            #expect(interpolations(english) == interpolations(french), "\(english)")
        }
    }

    @Test func `a stranger is asked to sign in in their language, a person has the one they chose`() async throws {
        let bench = try await Bench()
        let stranger = try Browser(bench)
        let page = await stranger.get("/sign-in", headers: ["Accept-Language": "fr-CH, en;q=0.5"]).text
        #expect(page.contains("<html lang=\"fr\">") && page.contains("Se connecter") && !page.contains("Sign in"))
        let browser = try await Browser(bench).settle()
        #expect(await browser.get("/", headers: ["Accept-Language": "fr"]).text.contains("Pas encore de messages."))
        _ = await browser.submit("/you/pages", ["language": "fr", "told": "nothing"])
        for path in ["/", "/new", "/you", "/you/pages", "/held", "/search?q=x"] {
            #expect(await browser.get(path).text.contains("<html lang=\"fr\">"))
        }
        _ = await browser.submit("/you/pages", ["language": "", "told": "nothing"])
        #expect(await browser.get("/").text.contains("<html lang=\"en\">"))
    }

    @Test func `days are written as each language writes them`() {
        let now = Instant(seconds: 1_795_270_000)
        func heading(_ words: Words) -> String { Times(zone: "UTC", now: now, words: words).heading(now - .seconds(30 * 86400)) }
        #expect(heading(.english).wholeMatch(of: /[A-Z]\w+, \d+ [A-Z]\w+/) != nil)
        #expect(heading(.french).wholeMatch(of: /\w+ (\d+|1er) \w+/) != nil)
    }
}
