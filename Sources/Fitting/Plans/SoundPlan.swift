/// How a recording is made to fit.
enum SoundPlan: Hashable {
    /// The same sound in a container without tags.
    case copied(MediaFormat)
    /// Encoded anew, at so many bits a second.
    case encoded(MediaFormat, bitRate: Int)

    /// Bits a second below which speech is not understood, as the encoder of the format has them.
    private static let floors: [MediaFormat: Int] = [.m4a: 12_000, .threeGP: 12_000, .mp3: 16_000]
    private static let ceiling = 96_000

    /// - Parameters:
    ///   - octets: of the original.
    ///   - canCopy: whether a copy has not been tried yet.
    static func make(_ format: MediaFormat, _ facts: TrackFacts, octets: Int, limits: MediaLimits) throws(FittingError) -> SoundPlan {
        guard facts.sound != nil else { throw .undecodable("no sound in it") }
        if octets <= limits.octets, let target = copyTarget(format, facts), limits.formats.contains(target) { return .copied(target) }
        return try encoding(facts, limits: limits)
    }

    /// What is left when a copy came out too large.
    static func encoding(_ facts: TrackFacts, limits: MediaLimits) throws(FittingError) -> SoundPlan {
        guard let target = [MediaFormat.m4a, .mp3, .threeGP].first(where: limits.formats.contains), let floor = floors[target] else {
            throw .cannotFit("The carrier takes no format of sound that can be made here.")
        }
        guard let duration = facts.duration else { throw .undecodable("no duration") }
        // The container takes its share.
        let rate = min(Double(ceiling), (Double(limits.octets) * 0.93 - 1500) * 8 / duration)
        guard rate >= Double(floor) else {
            throw .cannotFit("The recording of \(Measure.time(duration)) cannot be made smaller than \(Measure.octets(limits.octets)).")
        }
        return .encoded(target, bitRate: Int(rate))
    }

    private static func copyTarget(_ format: MediaFormat, _ facts: TrackFacts) -> MediaFormat? {
        switch (format, facts.sound) {
        case (.m4a, "aac"), (.mp4, "aac"), (.quickTime, "aac"), (.aac, "aac"): .m4a
        case (.threeGP, "aac"), (.threeGP, "amr_nb"): .threeGP
        case (.mp3, "mp3"): .mp3
        default: nil
        }
    }
}
