import Exchange
import Telephony
import Testing

/// Every stop of the way in both directions: a process dies there, another one is started, and everything is accounted for.
@Suite(.timeLimit(.minutes(10))) struct PullThePlugTests {
    private static let bob = Address.number("+41791234567")
    private static let carol = Address.number("+41797654321")
    private static let phone = Destination.device(.softphone, "alice", "phone")
    private static let laptop = Destination.device(.softphone, "alice", "laptop")

    // MARK: - Carrier to app

    /// A conversation with a text of three segments in the middle, and another conversation.
    private static let brought: [(Address, [String])] = [
        (bob, ["first", String(repeating: "long text ", count: 40), "last"]), (carol, ["from Carol", "from Carol"]),
    ]

    private func worldWithArrivals(_ keeping: LedgerKeeping) async throws -> World {
        let world = try await World(keeping)
        for (sender, texts) in Self.brought {
            for text in texts { try world.carrier.bring(text, from: sender, at: world.clock.now()) }
        }
        return world
    }

    private func expectArrived(_ world: World, _ story: Comment) async throws {
        #expect(world.carrier.held.isEmpty, story)
        for (sender, texts) in Self.brought {
            for device in [Self.phone, Self.laptop] { #expect(world.phone.texts(from: sender, on: device) == texts, story) }
        }
        try await world.place.open { ledger in
            let records = try await ledger.messages(after: nil, limit: 100, lines: nil)
            #expect(records.count == Self.brought.reduce(0) { $0 + $1.1.count }, story)
            for record in records {
                let deliveries = try await ledger.deliveries(of: record.message.id)
                #expect(deliveries.map(\.state) == [.accepted, .accepted], story)
                #expect(try await ledger.timeline(record.message.id).first?.kind == .received, story)
            }
        }
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a text from the carrier is neither lost nor doubled, whatever stop the plug is pulled at`(keeping: LedgerKeeping) async throws {
        let points = try await pullAtEveryStep { try await worldWithArrivals(keeping) } account: { world, story, _ in
            try await expectArrived(world, story)
        }
        #expect(points > 30)
    }

    // MARK: - App to carrier

    /// Two texts of several segments in one conversation, and one in another.
    private static let written = [
        Written(text: "one two three", recipient: bob), Written(text: "again", recipient: bob), Written(text: "hello Carol", recipient: carol),
    ]

    /// `cut` are the messages that a process had handed something of over when it died.
    private func expectSent(_ world: World, _ story: Comment, cut: Set<MessageID>) async throws {
        try await world.place.open { ledger in
            let records = try await ledger.messages(after: nil, limit: 100, lines: nil)
            #expect(records.map(\.message.text).sorted() == Self.written.map(\.text).sorted(), story)
            for record in records {
                if cut.contains(record.message.id) {
                    try await expectDoubt(world, ledger, record, story)
                } else {
                    #expect(record.state == .delivered, story)
                    let taken = taken(record.message, in: world)
                    #expect(taken == ScriptedTrunk.segments(record.message.text), story)
                    let notices = world.phone.notices(of: record.message.id, on: Self.phone)
                    #expect(notices.count == 1, story)
                    guard case .delivered = notices.first else {
                        Issue.record("no news of the delivery: \(story)")
                        continue
                    }
                }
            }
        }
    }

    /// Shown to the writer and in the timeline, and nothing of it was sent twice or after the doubt.
    private func expectDoubt(_ world: World, _ ledger: any Ledger, _ record: MessageRecord, _ story: Comment) async throws {
        #expect(record.state == .inDoubt, story)
        #expect(record.failure == Failure(.interrupted), story)
        #expect(world.phone.notices(of: record.message.id, on: Self.phone) == [
            .inDoubt(record.message.participants[0], Failure(.interrupted))
        ], story)
        let kinds = try await ledger.timeline(record.message.id).map(\.kind)
        #expect(kinds.count { $0 == .inDoubt } == 1, story)
        let taken = taken(record.message, in: world)
        let accepted = kinds.count { $0 == .segmentAccepted }
        #expect(taken == Array(ScriptedTrunk.segments(record.message.text).prefix(taken.count)), story)
        #expect(accepted...accepted + 1 ~= taken.count, story)
    }

    /// What the carrier took of a message: no word is in two of them.
    private func taken(_ message: Message, in world: World) -> [String] {
        let words = Set(ScriptedTrunk.segments(message.text))
        return world.carrier.taken.map(\.text).filter(words.contains)
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a text from an app is sent once, or in doubt exactly where its answer was cut off, whatever stop the plug is pulled at`(
        keeping: LedgerKeeping
    ) async throws {
        let points = try await pullAtEveryStep { try await World(keeping, writing: Self.written) } account: { world, story, cut in
            try await expectSent(world, story, cut: cut)
        }
        #expect(points > 50)
    }

    // MARK: - Within the house

    private static let atHome = ["coffee?", "now?", "too late"].map { Written(text: $0, recipient: .person("bert")) }

    @Test(arguments: LedgerKeeping.allCases)
    func `a text within the house comes once and in order, and its writer hears of it once`(keeping: LedgerKeeping) async throws {
        let points = try await pullAtEveryStep { try await World(keeping, writing: Self.atHome) } account: { world, story, _ in
            let tablet = Destination.device(.softphone, "bert", "tablet")
            #expect(world.phone.texts(from: .person("alice"), on: tablet) == Self.atHome.map(\.text), story)
            #expect(world.carrier.taken.isEmpty, story)
            let records = try await world.place.open { try await $0.messages(after: nil, limit: 100, lines: nil) }
            #expect(records.map(\.message.text) == Self.atHome.map(\.text), story)
            for record in records {
                let notices = world.phone.notices(of: record.message.id, on: Self.phone)
                // Told by the clock of before the plug was pulled, or of after it.
                let isTold = notices.map { notice in
                    if case .delivered(.person("bert"), let at) = notice { at <= world.clock.now() } else { false }
                }
                #expect(isTold == [true], story)
            }
        }
        #expect(points > 30)
    }

    // MARK: - Twice

    @Test(arguments: 1...6)
    func `the plug may be pulled again while the next process recovers`(second: Int) async throws {
        _ = try await pullAtEveryStep(thenAt: second) { try await World(.memory, writing: Self.written) } account: { world, story, cut in
            try await expectSent(world, story, cut: cut)
        }
        _ = try await pullAtEveryStep(thenAt: second) { try await worldWithArrivals(.memory) } account: { world, story, _ in
            try await expectArrived(world, story)
        }
    }
}
