import HomelineTesting
import Testing
import Wire

@testable import Simulator

/// A network that is told anything in any order still answers each submission once, and comes to rest.
@Suite struct NetworkWalkTests {
    private static let submit = "0031000B915155214365F70000AA05E8329BFD06"
    private static let line = "+15550100100"

    @Test(arguments: 0..<20 as Range<UInt64>) func `every submission is answered once, and nothing goes on for ever`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let pdu = try #require(PDU(octets: Hex.decode(Self.submit)))
        for _ in 0..<50 {
            var walk = Walk(CellularNetwork(), outputLimit: 600)
            var submissions = 0, answers = 0
            for time in 0..<60 {
                var effects: [CellularNetwork.Effect]
                switch Int.random(in: 0..<12, using: &random) {
                case 0: effects = walk.tell(.attached(Self.line))
                case 1: effects = walk.tell(.detached(Self.line))
                case 2: effects = walk.tell(.acknowledged(id: UInt64.random(in: 0..<8, using: &random), by: Self.line))
                case 3: effects = walk.tell(.refused(id: UInt64.random(in: 0..<8, using: &random), cause: 0xD3, by: Self.line))
                case 4: effects = walk.tell(.memoryAvailable(Self.line))
                case 5: effects = walk.tell(.text(from: "+15550123", to: Self.line, text: String(repeating: "long ", count: 80), at: time))
                case 6: effects = walk.tell(.fault([AirFault.reversed, .missingSegment(1), .duplicateSegment(2), .refuse(cause: 42, times: 2)].randomElement(using: &random) ?? .reversed))
                case 7: effects = walk.tell(.ussd("*100#", by: Self.line))
                case 8: effects = walk.passToNextTimer() ?? []
                case 9: effects = walk.tell(.phones(.echo, delay: .seconds(1)))
                case 10: effects = walk.tell(.reports(.delivered(after: .seconds(1))))
                default:
                    submissions += 1
                    effects = walk.tell(.submitted(pdu, by: Self.line, at: time))
                }
                answers += effects.count { if case .answered = $0 { true } else { false } }
            }
            #expect(answers == submissions)
            // Nobody acknowledges any more: what waits for its line stays, and no timer runs for it.
            _ = walk.tell(.phones(.silent, delay: .seconds(1)))
            _ = walk.tell(.detached(Self.line))
            _ = walk.runOut(limit: 2_000)
        }
    }
}
