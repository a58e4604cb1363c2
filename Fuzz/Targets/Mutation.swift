/// Makes new inputs from old ones, the same from the same seed: what a fuzzer does, without learning from it.
public struct Mutation {
    private var random: SplitMix
    private let words: [[UInt8]]

    /// `words` are what the format is made of; some mutations put one in.
    public init(seed: UInt64, words: [[UInt8]] = []) {
        random = SplitMix(state: seed)
        self.words = words
    }

    /// One of the seeds, changed at one to four places.
    public mutating func next(from seeds: [[UInt8]]) -> [UInt8] {
        var octets = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&octets, seeds) }
        return octets
    }

    private mutating func change(_ octets: inout [UInt8], _ seeds: [[UInt8]]) {
        let place = Int.random(in: 0...octets.count, using: &random)
        let span = place..<min(octets.count, place + Int.random(in: 1...16, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where place < octets.count: octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where place < octets.count: octets[place] = UInt8.random(in: 0...255, using: &random)
        case 2: octets.removeSubrange(span)
        case 3: octets.insert(contentsOf: octets[span], at: place)
        case 4: octets.removeSubrange(place...)
        case 5: octets.insert(contentsOf: words.randomElement(using: &random) ?? [0], at: place)
        case 6:
            let other = seeds.randomElement(using: &random) ?? []
            octets.replaceSubrange(place..., with: other.dropFirst(place))
        default: octets.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
    }
}

/// The same numbers every time.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
