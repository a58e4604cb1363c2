import Exchange
import MMS
import Telephony
import Testing

/// The same for pictures: whatever stop the plug is pulled at, each is there once, and is whole.
@Suite(.timeLimit(.minutes(10))) struct PullThePlugPictureTests {
    private static let bob = Telephony.Address.number("+41791234567")
    private static let phone = Destination.device(.softphone, "alice", "phone")
    private static let photo = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private static func message(_ text: String) -> RetrieveConfirmation {
        let parts = [MMS.Part(ContentType("image/jpeg"), photo[...], contentLocation: "photo.jpg"), MMS.Part(text: text)]
        return RetrieveConfirmation(
            messageID: text, date: 1_700_000_000, from: .number("+41791234567"), to: [.number("+41790001122")], body: Body(presenting: parts))
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a picture from the carrier is neither lost nor doubled, and the carrier is told in the end`(keeping: LedgerKeeping) async throws {
        let points = try await pullAtEveryStep {
            let world = try await World(keeping)
            for name in ["one", "two"] { try world.carrier.bring(world.centre.hold(Self.message(name), as: name), at: world.clock.now()) }
            return world
        } account: { world, story, _ in
            #expect(world.carrier.held.isEmpty && world.centre.isEmpty, story)
            #expect(world.phone.texts(from: Self.bob, on: Self.phone).sorted() == ["one", "two"], story)
            try await world.place.open { ledger in
                let records = try await ledger.messages(after: nil, limit: 100, lines: nil)
                #expect(records.count == 2, story)
                for record in records {
                    guard case .stored(let stored) = record.message.parts.first?.content else {
                        Issue.record("no picture beside the ledger: \(story)")
                        continue
                    }
                    #expect(try await world.media.read(stored, from: 0, count: stored.size) == Self.photo, story)
                    #expect(try await ledger.timeline(record.message.id).contains { $0.kind == .announced }, story)
                }
            }
        }
        #expect(points > 40)
    }

    @Test(arguments: LedgerKeeping.allCases)
    func `a picture from an app is posted once, or in doubt exactly where the answer was cut off`(keeping: LedgerKeeping) async throws {
        let points = try await pullAtEveryStep {
            try await World(keeping, writing: [Written(text: "look", recipient: Self.bob, picture: Self.photo)])
        } account: { world, story, cut in
            try await world.place.open { ledger in
                let record = try #require(try await ledger.messages(after: nil, limit: 100, lines: nil).first, story)
                let isCut = cut.contains(record.message.id)
                #expect(record.state == (isCut ? .inDoubt : .delivered), story)
                #expect(isCut ? world.centre.posted.count <= 1 : world.centre.posted.count == 1, story)
                for request in world.centre.posted {
                    #expect(request.body.leaves.contains { Array($0.octets) == Self.photo }, story)
                }
            }
        }
        #expect(points > 20)
    }
}
