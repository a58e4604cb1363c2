import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@Suite struct AlertTests {
    /// A house whose parts a test breaks and mends, and ways to its owners that keep what they bring.
    private final class House: Sendable {
        let bench = Bench()
        let vitals: Mutex<[Vital]>
        let counts = Mutex(AlertCounts())
        let ways: [Way]

        init(ways: [Way] = [Way("a")], vitals: [Vital] = [Vital(Vital.Place(.line, "home"), Health(.working, "Registered."))]) {
            self.ways = ways
            self.vitals = Mutex(vitals)
        }

        func signs(_ ledger: any CareLedger) -> VitalSigns {
            VitalSigns(ledger: ledger, mint: bench.mint, pause: pauseForever) { self.vitals.withLock { $0 } }
        }

        func watch(_ ledger: any CareLedger, _ signs: VitalSigns? = nil) -> AlertWatch {
            AlertWatch(
                rules: AlertRules(patience: .seconds(600), period: .seconds(86400), refusals: 30), channels: ways, ledger: ledger, signs: signs ?? self.signs(ledger),
                counts: { self.counts.withLock { $0 } }, mint: bench.mint, pause: pauseForever, report: { _ in })
        }

        func set(_ place: Vital.Place, _ state: Health.State, _ words: String) {
            vitals.withLock { vitals in vitals = vitals.filter { $0.place != place } + [Vital(place, Health(state, words))] }
        }

        /// Rounds as they come, each half a minute later.
        func pass(_ duration: Duration, _ watch: AlertWatch) async {
            var left = duration
            while left > .zero {
                bench.clock.advance(by: min(left, .seconds(30)))
                left -= .seconds(30)
                await watch.round()
            }
        }

        var heard: [String] { ways.flatMap(\.words) }
    }

    private final class Way: AlertChannel {
        let name: String
        private let state = Mutex<(words: [String], refuses: Bool)>(([], false))

        init(_ name: String) { self.name = name }

        var words: [String] { state.withLock { $0.words } }
        func refuse(_ refuses: Bool) { state.withLock { $0.refuses = refuses } }

        func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach {
            guard !state.withLock({ $0.refuses }) else { throw Failure(.unreachable) }
            state.withLock { $0.words.append(news.words) }
            return .somebody
        }
    }

    private static let home = Vital.Place(.line, "home")

    private func onBoth(_ body: (any CareLedger) async throws -> Void) async throws {
        try await body(MemoryLedger())
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await body(ledger)
        try ledger.close()
    }

    @Test func `a line that is down for ten minutes is told once, and so is its return`() async throws {
        try await onBoth { ledger in
            let house = House(), watch = house.watch(ledger)
            await house.pass(.seconds(60), watch)
            house.set(Self.home, .down, "The modem is away.")
            await house.pass(.seconds(600), watch)
            #expect(house.heard.isEmpty)
            await house.pass(.seconds(60), watch)
            #expect(house.heard == ["Homeline: The line home: The modem is away."])
            await house.pass(.seconds(7200), watch)
            #expect(house.heard.count == 1)
            house.set(Self.home, .working, "Registered.")
            await house.pass(.seconds(60), watch)
            #expect(house.heard.last == "Homeline: this is over: The line home: The modem is away." && house.heard.count == 2)
        }
    }

    @Test func `a clock that is set while a line is being set up makes no alarm, and a line that stays away is told in its time`() async throws {
        let house = House()
        let signs = house.signs(MemoryLedger()), watch = house.watch(MemoryLedger(), signs)
        house.set(Self.home, .starting, "The modem is being set up.")
        await house.pass(.seconds(60), watch)
        house.bench.clock.advance(by: .seconds(8 * 3600))
        signs.clockWasSet(by: .seconds(8 * 3600))
        await house.pass(.seconds(480), watch)
        #expect(house.heard.isEmpty)
        await house.pass(.seconds(120), watch)
        #expect(house.heard == ["Homeline: The line home: The modem is being set up."])
    }

    @Test func `one that comes and goes is told once a day`() async throws {
        try await onBoth { ledger in
            let house = House(), watch = house.watch(ledger)
            for _ in 0..<6 {
                house.set(Self.home, .down, "Away.")
                await house.pass(.seconds(1200), watch)
                house.set(Self.home, .working, "There.")
                await house.pass(.seconds(1200), watch)
            }
            #expect(house.heard.count == 2)
            house.bench.clock.advance(by: .seconds(86400))
            await watch.round()
            house.set(Self.home, .down, "Away.")
            await house.pass(.seconds(1200), watch)
            #expect(house.heard.count == 3)
        }
    }

    @Test func `what lasts is told again the next day`() async throws {
        let house = House(), watch = house.watch(MemoryLedger())
        house.set(Vital.Place(.disk), .down, "50 MB are free.")
        await house.pass(.seconds(60), watch)
        house.bench.clock.advance(by: .seconds(86400))
        await watch.round()
        #expect(house.heard == ["Homeline: 50 MB are free.", "Homeline: 50 MB are free."])
    }

    @Test func `a restart does not tell it again`() async throws {
        try await onBoth { ledger in
            let house = House()
            house.set(Vital.Place(.disk), .impaired, "Nearly full.")
            await house.pass(.seconds(60), house.watch(ledger))
            await house.pass(.seconds(60), house.watch(ledger))
            #expect(house.heard.count == 1)
            house.set(Vital.Place(.disk), .working, "Room.")
            await house.pass(.seconds(60), house.watch(ledger))
            #expect(house.heard.count == 2)
        }
    }

    @Test func `what no way takes over is tried again later, and counts as told when one did`() async throws {
        let house = House(ways: [Way("a"), Way("b")]), watch = house.watch(MemoryLedger())
        for way in house.ways { way.refuse(true) }
        house.set(Vital.Place(.disk), .down, "Full.")
        await house.pass(.seconds(240), watch)
        house.ways[1].refuse(false)
        #expect(house.heard.isEmpty)
        await house.pass(.seconds(240), watch)
        #expect(house.ways.map(\.words) == [[], ["Homeline: Full."]])
        house.ways[0].refuse(false)
        await house.pass(.seconds(1200), watch)
        #expect(house.heard.count == 1)
    }

    @Test func `doubts, refused sign-ins and certificates are told; a clock and missing programs are not`() async throws {
        let house = House(), watch = house.watch(MemoryLedger())
        house.counts.withLock { $0 = AlertCounts(inDoubt: 2, refusedSignIns: 29) }
        house.set(Vital.Place(.clock), .impaired, "Nothing keeps it right.")
        house.set(Vital.Place(.media), .impaired, "No ffmpeg.")
        await watch.round()
        #expect(house.heard == ["Homeline: 2 texts may or may not have left: its answer was lost. Decide under Health, Queues."])
        house.counts.withLock { $0 = AlertCounts(inDoubt: 0, refusedSignIns: 30) }
        house.set(Vital.Place(.certificate, "http"), .impaired, "It ends in 5 days.")
        await watch.round()
        #expect(house.heard.count == 4 && house.heard.contains("Homeline: It ends in 5 days.") && house.heard.contains { $0.contains("30 sign-ins") })
    }

    @Test func `a trouble of the ledger itself is told once, by a way that needs none`() async throws {
        let house = House()
        let watch = house.watch(RefusingLedger())
        house.set(Vital.Place(.ledger), .down, "The disk is full.")
        await house.pass(.seconds(1200), watch)
        #expect(house.heard == ["Homeline: The disk is full."])
        house.set(Vital.Place(.ledger), .working, "Takes writes.")
        await house.pass(.seconds(60), watch)
        #expect(house.heard.count == 2)
    }

    @Test func `a text goes over another line than the broken one, and no line is no way`() async throws {
        let bench = Bench()
        let channel = TextChannel(submissions: bench.submissions, lines: ["home", "office"], recipients: ["+15550100", "+15550101"], mint: bench.mint)
        let news = AlertNews(.wrong, topic: "line/home", sentence: "gone", at: bench.now)
        _ = try await channel.bring(news, avoiding: [Self.home])
        let sent = try await bench.messages()
        #expect(sent.map(\.message.line) == ["office", "office"] && sent.allSatisfy { $0.message.text == "Homeline: gone" && $0.message.participants.count == 1 })
        for broken in [[Self.home, Vital.Place(.line, "office")], [Vital.Place(.ledger)]] as [Set<Vital.Place>] {
            await #expect(throws: Failure.self) { try await channel.bring(news, avoiding: broken) }
        }
        #expect(try await bench.messages().count == 2)
    }

    @Test func `apps are told by a message from Homeline, unless the trunk has told them already`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"])
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        _ = try await channel.bring(AlertNews(.wrong, topic: "disk", sentence: "full", at: bench.now), avoiding: [])
        #expect(try await bench.messages().map(\.message.text) == ["Homeline: full"])
        await notices.tell("home", topic: "modem.gone", "The modem is gone.")
        _ = try await channel.bring(AlertNews(.wrong, topic: "line/home", sentence: "gone", at: bench.now), avoiding: [])
        await notices.clear("home", topic: "modem.gone", "It is back.")
        _ = try await channel.bring(AlertNews(.over, topic: "line/home", sentence: "gone", at: bench.now), avoiding: [])
        #expect(try await bench.messages().map(\.message.text) == ["Homeline: full", "The modem is gone.", "It is back."])
        await #expect(throws: Failure.self) {
            _ = try await channel.bring(AlertNews(.wrong, topic: "disk", sentence: "full", at: bench.now), avoiding: [Vital.Place(.endpoint, "softphone")])
        }
    }

    @Test func `apps are told though the trunk told something else before, of which no end is told`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"])
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        await notices.tell("home", topic: "modem.cut-off", "A text was cut off.")
        bench.clock.advance(by: .seconds(86_400))
        let since = bench.now
        bench.clock.advance(by: .seconds(600))
        _ = try await channel.bring(AlertNews(.wrong, topic: "line/home", sentence: "no network", at: bench.now, since: since), avoiding: [])
        #expect(try await bench.messages().map(\.message.text) == ["A text was cut off.", "Homeline: no network"])
        _ = try await channel.bring(AlertNews(.over, topic: "line/home", sentence: "no network", at: bench.now), avoiding: [])
        #expect(try await bench.messages().count == 3)
    }

    @Test func `of a line those who have it are told, and of all else those who have any`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"], lines: ["office"])
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home", "office"], endpoints: [.softphone])
        for topic in ["disk", "line/office", "line/home"] {
            _ = try await channel.bring(AlertNews(.wrong, topic: topic, sentence: topic, at: bench.now), avoiding: [])
        }
        let told = try await bench.messages().map(\.message)
        #expect(told.map(\.line) == ["office", "office", "office"])
        for message in told { #expect(try await bench.books.deliveries(of: message.id).count == 1) }
    }

    @Test func `where nobody is there it is kept once for whoever looks, and a trial says so`() async throws {
        let bench = Bench()
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        let house = House(), ledger = MemoryLedger(), signs = house.signs(ledger)
        let watch = AlertWatch(
            rules: AlertRules(), channels: [channel], ledger: ledger, signs: signs, counts: { AlertCounts() }, mint: house.bench.mint, pause: pauseForever,
            report: { _ in })
        house.set(Vital.Place(.disk), .down, "Full.")
        await house.pass(.seconds(3600), watch)
        #expect(try await bench.messages().map(\.message.text) == ["Homeline: Full."])
        #expect(await watch.test().map { $0.failure == nil } == [false])
    }

    /// Tells it in the apps, where nobody has one, and by the house's other ways.
    private func watch(over house: House, _ bench: Bench) -> AlertWatch {
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        let ledger = MemoryLedger()
        return AlertWatch(
            rules: AlertRules(), channels: [channel] + house.ways, ledger: ledger, signs: house.signs(ledger), counts: { AlertCounts() },
            mint: house.bench.mint, pause: pauseForever, report: { _ in })
    }

    @Test func `where nobody has an app, another way that fails is tried until it brings the alert to somebody`() async throws {
        let bench = Bench(), house = House(), watch = self.watch(over: house, bench)
        house.ways[0].refuse(true)
        house.set(Vital.Place(.disk), .down, "Full.")
        await house.pass(.seconds(3600), watch)
        #expect(house.heard.isEmpty)
        house.ways[0].refuse(false)
        await house.pass(.seconds(330), watch)
        #expect(house.heard == ["Homeline: Full."])
        #expect(try await bench.messages().map(\.message.text) == ["Homeline: Full."])
    }

    @Test func `where an alert lies for whoever looks and reached nobody, its end lies behind it`() async throws {
        let bench = Bench(), house = House(), watch = self.watch(over: house, bench)
        house.ways[0].refuse(true)
        house.set(Vital.Place(.disk), .down, "Full.")
        await house.pass(.seconds(600), watch)
        house.set(Vital.Place(.disk), .working, "Room.")
        await house.pass(.seconds(3600), watch)
        #expect(house.heard.isEmpty)
        #expect(try await bench.messages().map(\.message.text) == ["Homeline: Full.", "Homeline: this is over: Full."])
    }

    @Test func `who was told by the trunk once and by an alert the next time is told the end of that`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"])
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        await notices.tell("home", topic: "modem.gone", "The modem is gone.")
        _ = try await channel.bring(AlertNews(.wrong, topic: "line/home", sentence: "gone", at: bench.now), avoiding: [])
        bench.clock.advance(by: .seconds(86_400))
        _ = try await channel.bring(AlertNews(.wrong, topic: "line/home", sentence: "no network", at: bench.now), avoiding: [])
        _ = try await channel.bring(AlertNews(.over, topic: "line/home", sentence: "no network", at: bench.now), avoiding: [])
        let told = try await bench.messages().map(\.message.text)
        #expect(told == ["The modem is gone.", "Homeline: no network", "Homeline: this is over: no network"])
    }

    @Test func `apps are told that a line is without service though something else of it was told meanwhile, which is not its service`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"])
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        let channel = AppChannel(notices: notices, lines: ["home"], endpoints: [.softphone])
        let since = bench.now
        for _ in 0..<2 { await notices.tell("home", aside: "modem.another-sim", "Another SIM.") }
        bench.clock.advance(by: .seconds(600))
        _ = try await channel.bring(AlertNews(.wrong, topic: "line/home", sentence: "no network", at: bench.now, since: since), avoiding: [])
        await notices.clear("home", topic: "modem.another-sim", "The same SIM.")
        #expect(try await bench.messages().map(\.message.text) == ["Another SIM.", "Homeline: no network", "The same SIM."])
    }

    @Test func `an alert that nobody took over is tried again though the clock was set back`() async throws {
        let house = House(), watch = house.watch(MemoryLedger())
        house.ways[0].refuse(true)
        house.set(Vital.Place(.disk), .down, "Full.")
        await watch.round()
        house.ways[0].refuse(false)
        house.bench.clock.advance(by: .seconds(-86_400))
        await watch.round()
        #expect(house.heard == ["Homeline: Full."])
    }

    @Test func `a part keeps its time while its state stays, whatever its words`() {
        var standings = Standings()
        let start = Instant(seconds: 1000)
        let place = Vital.Place(.line, "home")
        standings.note([Vital(place, Health(.down, "one"))], at: start)
        standings.note([Vital(place, Health(.down, "two"))], at: start + .seconds(10))
        #expect(standings.all.map(\.since) == [start] && standings.all[0].vital.health.summary == "two")
        standings.note([Vital(place, Health(.working, "three"))], at: start + .seconds(20))
        #expect(standings.all.map(\.since) == [start + .seconds(20)])
        standings.note([], at: start + .seconds(30))
        #expect(standings.all.isEmpty)
    }

    @Test(arguments: ["line/home", "disk", "certificate/http", "endpoint/a/b"])
    func `a place is written and read`(text: String) { #expect(Vital.Place(text)?.description == text) }

    @Test(arguments: [("-71 dBm", -71), ("-71", -71), ("strong", nil), ("5 dBm", nil), ("", nil), ("-9999999999999999999", nil)] as [(String, Int?)])
    func `a signal is read from a trunk's words`(text: String, strength: Int?) {
        #expect(SignalSample.strength(in: Health(.working, "", facts: ["signal": text])) == strength)
    }
}

/// A ledger that takes nothing.
private struct RefusingLedger: CareLedger {
    private static let error = LedgerError.full("no room")

    func failures(before: DeliveryID?, limit: Int) async throws(LedgerError) -> [Trouble] { throw Self.error }
    func doubts(limit: Int) async throws(LedgerError) -> [Trouble] { throw Self.error }
    func undecodable(limit: Int) async throws(LedgerError) -> [UndecodableReceipt] { throw Self.error }
    func retry(
        _ delivery: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration
    ) async throws(LedgerError) -> Delivery { throw Self.error }
    func drop(_ delivery: DeliveryID, by person: PersonID, at: Instant) async throws(LedgerError) { throw Self.error }
    func replay(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError) { throw Self.error }
    func drop(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError) { throw Self.error }
    func retry(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError) { throw Self.error }
    func drop(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError) { throw Self.error }
    func segments(of delivery: DeliveryID) async throws(LedgerError) -> [SegmentRecord] { throw Self.error }
    func save(_ sample: SignalSample, forgettingBefore oldest: Instant) async throws(LedgerError) { throw Self.error }
    func signal(of line: LineID, since: Instant) async throws(LedgerError) -> [SignalSample] { throw Self.error }
    func traffic(of line: LineID, since: Instant) async throws(LedgerError) -> LineTraffic { throw Self.error }
    func alerts() async throws(LedgerError) -> [Alert] { throw Self.error }
    func save(_ alert: Alert) async throws(LedgerError) { throw Self.error }
    func removeAlert(_ topic: String) async throws(LedgerError) { throw Self.error }
}
