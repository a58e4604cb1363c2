import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct HealthPageTests {
    private struct Device: TendedTrunk {
        var failure: Failure?

        func probe() async throws(Failure) -> String {
            if let failure { throw failure }
            return "The modem answers."
        }
        func restart() async throws(Failure) {}
        func wantedPIN() async -> PINRequest? { nil }
        func enter(pin: String) async throws(Failure) {}
    }

    @Test func `each part is shown with its state, since when, its words and the advice`() async throws {
        let disk = Vital(Vital.Place(.disk), Health(.impaired, "250 MB are free <here>."), advice: "Make room.")
        let bench = try await Bench(vitals: [disk])
        let browser = try await Browser(bench).settle()
        _ = await bench.signs.now()
        bench.clock.advance(by: .seconds(3 * 3600 + 120))
        let page = await browser.get("/health/parts").text
        #expect(page.contains("Something needs you.") && page.contains("250 MB are free &lt;here&gt;.") && page.contains("Make room."))
        #expect(page.contains("3 h 2 min") && page.contains("<a href=\"/lines/home\">Line home</a>") && page.contains("works in part"))
        #expect(page.contains("0 waiting") && page.contains("Last in: none yet"))
    }

    @Test func `all is well where it is`() async throws {
        #expect(await (try await Browser(try await Bench()).settle()).get("/health/parts").text.contains("Everything works."))
    }

    @Test func `a part is tested where that finds something out`() async throws {
        let browser = try await Browser(try await Bench(trunk: Device())).settle()
        #expect(await browser.submit("/health/parts", ["place": "line/home"]).text.contains("The modem answers."))
        #expect(await browser.submit("/health/parts", ["place": "disk"]).status == 404)
        #expect(await browser.submit("/health/parts", ["place": "x"]).status == 404)
        let broken = try await Browser(try await Bench(trunk: Device(failure: Failure(.timeout, "the modem answers nothing")))).settle()
        #expect(await broken.submit("/health/parts", ["place": "line/home"]).text.contains("There was no answer in time: the modem answers nothing."))
    }

    @Test func `a trial of the alerts goes by every way`() async throws {
        let bench = try await Bench()
        let browser = try await Browser(bench).settle()
        let page = await browser.submit("/health/parts", to: "/health/alerts", [:])
        #expect(page.text.contains("test: taken over") && bench.channel.words == ["Homeline: a trial of the alerts. Nothing is wrong."])
    }

    @Test func `what was told is shown with when it was over`() async throws {
        let bench = try await Bench()
        try await bench.ledger.save(Alert(topic: "line/home", sentence: "The line home: gone.", toldAt: bench.clock.now(), clearedAt: bench.clock.now()))
        let page = await (try await Browser(bench).settle()).get("/health/parts").text
        #expect(page.contains("The line home: gone.") && page.contains("over"))
    }

    @Test func `the support bundle is a file`() async throws {
        let answer = await (try await Browser(try await Bench()).settle()).get("/health/support")
        #expect(answer.text == "all is well" && answer.header("Content-Disposition")?.contains("homeline-support.txt") == true)
    }

    @Test func `the log shows the latest lines, masked and harmless, from a level on`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        bench.log.add(.info, label: "http", "asked by +15550100199", details: [("token", "hl_secret-x")], at: bench.clock.now())
        bench.log.add(.error, label: "modem", "<script>\u{1B}[2J", details: [], at: bench.clock.now())
        let all = await browser.get("/health/log").text
        #expect(all.contains("asked by +…99") && all.contains("token=hl_…") && !all.contains("secret-x") && !all.contains("15550100199"))
        #expect(all.contains("&lt;script&gt;\\u{1B}[2J") && all.contains("data-log=\"2\""))
        let grave = await browser.get("/health/log?level=warning").text
        #expect(!grave.contains("asked by") && grave.contains("modem"))
        #expect(await browser.get("/health/log?level=loud").status == 404)
    }
}
