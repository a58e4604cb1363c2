import Exchange
import HomelineTesting
import MMS
import Store
import Synchronization
import Telephony
import Testing

/// What goes wrong with a picture on its way in, and what a person reads of it.
@Suite(.timeLimit(.minutes(10))) struct PictureTroubleTests {
    /// One line, its SIM, its carrier's message centre and the exchange, each step made by hand.
    private struct House {
        let clock = ManualClock()
        let ledger = MemoryLedger()
        let carrier = Carrier()
        let centre = MessageCentre()
        let media: MemoryMediaStore
        let mint: Mint
        let workers = WakeGroup()
        let signal = WakeSignal()
        let plan = RoutingPlan(routes: [Route(endpoint: .softphone, audience: .devices)])
        let numbering: HomeNumbering

        init(room: Int = 1 << 20) throws {
            mint = .repeatable(clock)
            media = MemoryMediaStore(clock: clock, limit: room)
            numbering = try HomeNumbering()
        }

        var notices: Notices { Notices(ledger: ledger, plan: plan, mint: mint, workers: workers) }

        func announce(until expiry: Expiry = .relative(seconds: 86_400)) async throws {
            let picture = MMS.Part(ContentType("image/jpeg"), [UInt8](repeating: 7, count: 20_000)[...])
            let message = RetrieveConfirmation(
                date: clock.now().seconds, from: .number("+41791234567"), to: [.number("+41790001122")],
                body: Body(presenting: [picture, MMS.Part(text: "look")]))
            try carrier.bring(centre.hold(message, as: "one", until: expiry), at: clock.now())
            let inbox = Inbox(ledger: ledger, mint: mint, intake: signal, workers: workers)
            let receipts = try await inbox.record(carrier.held.map { Inbox.Arrival(place: "SM/\($0.slot)", octets: $0.octets) }, line: "home")
            try await inbox.release(receipts)
        }

        func intake(_ notices: Notices) -> Intake {
            Intake(
                ledger: ledger, interpreter: numbering, numbering: numbering, plan: plan, media: media, notices: notices, mint: mint,
                pause: pauseForever, signal: signal, workers: workers)
        }

        func retriever(_ notices: Notices, outage: Failure? = nil) -> Retriever {
            let trunk = ScriptedMultimedia(centre: centre, plug: Plug(at: .max, ringing: WakeSignal()), outage: outage)
            return Retriever(
                line: "home", trunk: trunk, ledger: ledger, notices: notices, mint: mint, pause: pauseForever, workers: workers, intake: signal)
        }

        /// What the owner reads, oldest first.
        func read() async throws -> [String] {
            try await ledger.messages(after: nil, limit: 100, lines: nil).map(\.message.text)
        }
    }

    @Test func `an outage of an hour is told once, and the picture comes after it`() async throws {
        let house = try House(), notices = house.notices
        try await house.announce()
        _ = try await house.intake(notices).pass()
        let end = house.clock.now() + .seconds(3600)
        while house.clock.now() < end {
            let next = try await house.retriever(notices, outage: Failure(.http(503))).pass()
            if let next, next > house.clock.now() { house.clock.advance(by: next - house.clock.now()) }
        }
        let told = try await house.read()
        #expect(told.count == 1)
        #expect(told[0].hasPrefix("A picture message from +41791234567 could not be fetched yet. The server answered 503. It is tried until "))
        for _ in 0..<2 { _ = try await house.retriever(notices).pass() }
        _ = try await house.intake(notices).pass()
        #expect(try await house.read().dropFirst() == ["The picture message from +41791234567 has come after all.", "look"])
        #expect(house.centre.isEmpty)
    }

    @Test func `what the carrier has forgotten is told as lost`() async throws {
        let house = try House(), notices = house.notices
        try await house.announce(until: .relative(seconds: 600))
        _ = try await house.intake(notices).pass()
        house.clock.advance(by: .seconds(601))
        _ = try await house.retriever(notices).pass()
        let told = try await house.read()
        #expect(told.count == 1)
        #expect(told[0].contains("could not be fetched and is given up") && told[0].hasSuffix("Ask for it to be sent again."))
    }

    @Test func `a picture that there is no room for waits, is told, and comes when there is room`() async throws {
        let house = try House(room: 30_000), notices = house.notices
        let other = try await house.media.keep([UInt8](repeating: 1, count: 15_000))
        try await house.announce()
        _ = try await house.intake(notices).pass()
        _ = try await house.retriever(notices).pass()
        for _ in 0..<3 { #expect(try await house.intake(notices).pass() != nil) }
        let told = try await house.read()
        #expect(told.count == 1)
        #expect(told[0].hasPrefix("A message from +41791234567 has files that cannot be kept."))
        #expect(try await house.ledger.unreadReceipts(line: "home").count == 1)
        for _ in 0..<2 {
            house.clock.advance(by: .seconds(90_000))
            _ = try await house.media.sweep(now: house.clock.now()) { digests throws(LedgerError) in
                try await house.ledger.namedMedia(among: digests)
            }
        }
        await #expect(throws: MediaError.missing) { try await house.media.read(other, from: 0, count: 1) }
        _ = try await house.intake(notices).pass()
        #expect(try await house.read().contains("look"))
    }
}
