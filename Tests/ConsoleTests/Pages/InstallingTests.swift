import HTTPStack
import Testing

@testable import Console

@Suite struct InstallingTests {
    @Test func `a browser can install the pages, in its language`() async throws {
        let browser = try Browser(try await Bench())
        let page = await browser.get("/sign-in", headers: ["Accept-Language": "fr"]).text
        #expect(page.contains("<link rel=\"manifest\" href=\"/manifest/fr\">"))
        let manifest = await browser.get("/manifest/fr")
        #expect(manifest.contentType == "application/manifest+json")
        let document = try manifest.json
        #expect(document["start_url"]?.text == "/" && document["display"]?.text == "standalone" && document["lang"]?.text == "fr")
        for icon in manifest.text.matches(of: /"src":"([^"]+)"/) {
            let answer = await browser.get(String(icon.1))
            #expect(answer.status == 200 && answer.contentType.hasPrefix("image/"))
        }
    }

    @Test func `the worker keeps what is the same for everybody, and no page with messages`() async throws {
        let browser = try Browser(try await Bench())
        let worker = await browser.get("/worker.js")
        #expect(worker.contentType.hasPrefix("text/javascript"))
        let kept = try #require(worker.text.firstMatch(of: /const kept = \[(.*)\];/)).1.split(separator: ",").map { $0.dropFirst().dropLast() }
        #expect(kept.allSatisfy { $0 == "/offline" || $0.hasPrefix("/assets/") })
        for path in kept { #expect(await browser.get(String(path)).status == 200) }
        #expect(!worker.text.contains("cache.put"))
        #expect(await browser.get("/offline").text.contains("No connection"))
    }
}
