import Exchange
import Telephony
import Testing

/// The plug is pulled at every stop of a text on its way out, on lines that do more about a doubt than hold it.
@Suite(.timeLimit(.minutes(10))) struct DoubtTests {
    private static let bob = Address.number("+41791234567")
    private static let carol = Address.number("+41797654321")
    private static let phone = Destination.device(.softphone, "alice", "phone")
    private static let written = [Written(text: "one two three", recipient: bob), Written(text: "hello Carol", recipient: carol)]

    /// Lives once for each step there is, dying at it, and then to the end.
    private func pullAtEveryStep(
        _ doubt: DoubtPolicy, _ keeping: LedgerKeeping, account: (World, Comment, MessageRecord, Bool) async throws -> Void
    ) async throws -> (points: Int, cuts: Int) {
        var (point, cuts) = (0, 0)
        while true {
            point += 1
            let world = try await World(keeping, writing: Self.written, doubt: doubt)
            let ending = try await world.live(until: point)
            cuts += ending.cut.count
            if ending.step != nil { _ = try await world.live() }
            let records = try await world.place.open { try await $0.messages(after: nil, limit: 100, lines: nil) }
            let story = Comment(rawValue: "the plug was pulled at step \(ending.step ?? "none")")
            #expect(records.map(\.message.text).sorted() == Self.written.map(\.text).sorted(), story)
            for record in records { try await account(world, story, record, ending.cut.contains(record.message.id)) }
            if ending.step == nil { return (point - 1, cuts) }
        }
    }

    private func taken(_ message: Message, in world: World) -> [String] {
        let words = Set(ScriptedTrunk.segments(message.text))
        return world.carrier.taken.map(\.text).filter(words.contains)
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a line that retries once loses nothing, and doubles at most the segment that was cut off`(keeping: LedgerKeeping) async throws {
        let (points, cuts) = try await pullAtEveryStep(.retryOnce, keeping) { world, story, record, wasCut in
            #expect(record.state == .delivered, story)
            let segments = ScriptedTrunk.segments(record.message.text)
            let taken = taken(record.message, in: world)
            #expect(segments.allSatisfy(taken.contains), story)
            let kinds = try await world.place.open { try await $0.timeline(record.message.id).map(\.kind) }
            #expect(kinds.count { $0 == .repeated } == (wasCut ? 1 : 0), story)
            #expect(taken.count - segments.count <= (wasCut ? 1 : 0), story)
            let notices = world.phone.notices(of: record.message.id, on: Self.phone)
            #expect(notices.count == 1, story)
        }
        #expect(points > 40)
        #expect(cuts > 5)
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a line that settles by report doubles nothing, and leaves in doubt only what the network never had`(keeping: LedgerKeeping) async throws {
        var settled = 0
        let (points, cuts) = try await pullAtEveryStep(.settleByReport, keeping) { world, story, record, wasCut in
            let segments = ScriptedTrunk.segments(record.message.text)
            let taken = taken(record.message, in: world)
            #expect(taken == Array(segments.prefix(taken.count)), story)
            let kinds = try await world.place.open { try await $0.timeline(record.message.id).map(\.kind) }
            let accepted = kinds.count { $0 == .segmentAccepted }
            if record.state == .delivered {
                #expect(taken == segments, story)
                if wasCut {
                    settled += 1
                    #expect(kinds.count { $0 == .settled } == 1, story)
                }
            } else {
                #expect(wasCut && record.state == .inDoubt && taken.count == accepted, story)
            }
        }
        #expect(points > 40)
        #expect(settled > 0 && settled < cuts)
    }
}
