import Foundation
import FuzzTargets
import Testing

/// What the fuzzers ask for hours, asked a fixed number of times.
@Suite struct FuzzTargetTests {
    /// Inputs a target; a hundred times as many in a long run.
    private static let count = ProcessInfo.processInfo.environment["HOMELINE_LONG"] == nil ? 1_500 : 150_000

    @Test(arguments: FuzzTarget.allCases)
    func `every seed keeps what is promised`(target: FuzzTarget) throws {
        let seeds = try Seeds.of(target.rawValue)
        #expect(seeds.count >= 3)
        for seed in seeds { #expect(target.complaint(about: seed.octets) == nil, "\(target)/\(seed.name)") }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `so does what becomes of the seeds when they are changed`(target: FuzzTarget) throws {
        let seeds = try Seeds.of(target.rawValue).map(\.octets)
        var mutation = Mutation(seed: 1, words: try Seeds.words(of: target.rawValue))
        for number in 1...Self.count {
            let octets = mutation.next(from: seeds)
            if let complaint = target.complaint(about: octets) {
                Issue.record("\(target), input \(number): \(complaint): \(Data(octets).base64EncodedString())")
                return
            }
        }
    }

    @Test func `changes are the same from the same seed and differ otherwise`() {
        func inputs(_ seed: UInt64) -> [[UInt8]] {
            var mutation = Mutation(seed: seed)
            return (0..<100).map { _ in mutation.next(from: [Array("a seed".utf8), [1, 2, 3]]) }
        }
        #expect(inputs(1) == inputs(1))
        #expect(inputs(1) != inputs(2))
        #expect(Set(inputs(1)).count > 80)
    }
}
