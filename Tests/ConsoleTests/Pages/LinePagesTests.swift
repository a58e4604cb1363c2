import Exchange
import HTTPStack
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import Console

@Suite struct LinePagesTests {
    private final class Device: TendedTrunk {
        let pins = Mutex<[String]>([])
        let restarts = Counter()
        let isLocked = Mutex(true)

        func probe() async throws(Failure) -> String { "" }
        func restart() async throws(Failure) { restarts.add() }
        func wantedPIN() async -> PINRequest? { isLocked.withLock { $0 } ? PINRequest(triesLeft: 3) : nil }
        func enter(pin: String) async throws(Failure) {
            pins.withLock { $0.append(pin) }
            guard pin == "1234" else { throw Failure(.refused, "the SIM refused this PIN; 2 tries are left") }
            isLocked.withLock { $0 = false }
        }
    }

    private struct Menu: USSDTrunk {
        func request(_ text: String) async throws(Failure) -> USSDAnswer {
            switch text {
            case "*100#": USSDAnswer(text: "1 <balance>\n2 data", expectsReply: true)
            case "1": USSDAnswer(text: "5.00", expectsReply: false)
            default: throw Failure(.refused, "the network does not know this code")
            }
        }
        func cancel() async throws(Failure) {}
    }

    private static let health = Health(
        .working, "Registered at home (Test).", facts: ["operator": "Test", "signal": "-71 dBm", "storage": "3 of 20", "serviceCentre": "+15550000", "restarts": "2"])

    private func bench(ussd: (any USSDTrunk)? = nil, trunk: (any TendedTrunk)? = nil) async throws -> Bench {
        try await Bench(parts: [PartHealth(.trunk, name: "home", health: Self.health)], ussd: ussd, trunk: trunk)
    }

    @Test func `a line is listed with its state, signal and what went over it today`() async throws {
        let bench = try await bench()
        _ = try await bench.receive("hello")
        _ = try await bench.submit("hi")
        let page = await (try await Browser(bench).settle()).get("/lines").text
        #expect(page.contains("href=\"/lines/home\"") && page.contains("-71 dBm") && page.contains("1 in today · 1 out today") && page.contains("Test"))
    }

    @Test func `its page shows what is known of it, and its signal over a week once it was measured`() async throws {
        let bench = try await bench(), browser = try await Browser(bench).settle()
        for _ in 0..<10 {
            _ = await bench.signs.now()
            bench.clock.advance(by: .seconds(300))
        }
        #expect(try await bench.ledger.signal(of: "home", since: Instant(seconds: 0)).count == 10)
        let page = await browser.get("/lines/home").text
        for told in ["3 of 20", "+15550000", "Registered at home", "<polyline", "between -71 and -71 dBm"] { #expect(page.contains(told), "\(told)") }
        #expect(await browser.get("/lines/other").status == 404)
        #expect(await browser.get("/lines/%3Cscript%3E").status == 404)
    }

    @Test func `a member sees the lines they share, and nothing that only owners do`() async throws {
        let bench = try await bench(ussd: Menu(), trunk: Device())
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: SIPCredentials(realm: "x", ha1MD5: "", ha1SHA256: "")))
        let bob = try await Browser(bench).settle(as: "bob", role: .member)
        let page = await bob.get("/lines/home").text
        #expect(page.contains("-71 dBm") && !page.contains("+15550000") && !page.contains("<form method=\"post\" action=\"/lines"))
        let carol = try await bob.another().settle(as: "carol", role: .member)
        #expect(await carol.get("/lines").text.contains("No line is yours."))
        #expect(await carol.get("/lines/home").status == 404)
    }

    @Test func `a dialogue with the network goes on where it asks, and ends`() async throws {
        let browser = try await Browser(try await bench(ussd: Menu())).settle()
        let menu = await browser.submit("/lines/home", to: "/lines/home/ussd", ["text": "*100#", "act": "ask"]).text
        #expect(menu.contains("1 &lt;balance&gt;\n2 data") && menu.contains("Your reply") && menu.contains("End the dialogue"))
        let answer = await browser.submit("/lines/home", to: "/lines/home/ussd", ["text": "1", "act": "ask"]).text
        #expect(answer.contains("5.00") && !answer.contains("End the dialogue"))
        #expect(await browser.submit("/lines/home", to: "/lines/home/ussd", ["act": "end"]).text.contains("The dialogue is over."))
        let unknown = await browser.submit("/lines/home", to: "/lines/home/ussd", ["text": "*9\"#", "act": "ask"])
        #expect(unknown.status == 422 && unknown.text.contains("The network does not know this code.") && unknown.text.contains("value=\"*9&quot;#\""))
        #expect(await browser.submit("/lines/home", to: "/lines/home/ussd", ["text": String(repeating: "1", count: 183), "act": "ask"]).status == 422)
    }

    @Test func `a PIN is asked for with what is left, tried once, and never shown again`() async throws {
        let device = Device()
        let browser = try await Browser(try await bench(trunk: device)).settle()
        #expect(await browser.get("/lines/home").text.contains("3 tries are left"))
        let wrong = await browser.submit("/lines/home", to: "/lines/home/pin", ["pin": "9876"])
        #expect(wrong.status == 422 && wrong.text.contains("The SIM refused this PIN; 2 tries are left.") && !wrong.text.contains("9876"))
        let right = await browser.submit("/lines/home", to: "/lines/home/pin", ["pin": "1234"])
        #expect(right.text.contains("The SIM took the PIN.") && !right.text.contains("name=\"pin\""))
        #expect(device.pins.withLock { $0 } == ["9876", "1234"])
    }

    @Test func `a line is restarted when its owner says so`() async throws {
        let device = Device()
        let browser = try await Browser(try await bench(trunk: device)).settle()
        #expect(await browser.submit("/lines/home", to: "/lines/home/restart", [:]).text.contains("The device starts anew."))
        #expect(device.restarts.value == 1)
        let bare = try await Browser(try await bench()).settle()
        #expect(await bare.submit("/you", to: "/lines/home/restart", [:]).status == 404)
    }

    @Test func `a chart has a gap where nothing was measured, and stays within its frame`() {
        let start = Instant(seconds: 1_800_000_000)
        let strengths = [(0, -71), (300, -80), (600, -200), (5000, -10), (604_800, -90), (700_000, -90)]
        let samples = strengths.map { SignalSample(line: "home", at: start + .seconds(Int64($0.0)), strength: $0.1) }
        let chart = SignalChart(samples, from: start, through: start + .seconds(604_800), words: .english)
        #expect(chart.runs.count == 3)
        #expect(chart.runs.joined().allSatisfy { (0...700).contains($0.x) && (0...120).contains($0.y) })
        #expect(SignalChart([], from: start, through: start, words: .english).html.text.contains("No signal"))
    }
}
