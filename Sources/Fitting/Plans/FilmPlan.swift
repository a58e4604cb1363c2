/// How a film is made to fit.
enum FilmPlan: Hashable {
    /// The same pictures and sound in a container without places and dates.
    case copied(MediaFormat)
    case encoded(MediaFormat, Encoding)

    struct Encoding: Hashable {
        /// Bits a second.
        var filmRate: Int
        /// 0 where there is no sound.
        var soundRate: Int
        var longSide: Int
        var framesPerSecond: Int

        /// Less, after an attempt that came to so many octets; nil where it would be too little to see anything.
        func reduced(from octets: Int, to limit: Int) -> Encoding? {
            let rate = Int(Double(filmRate) * 0.92 * Double(limit) / Double(max(1, octets)))
            return FilmPlan.shape(filmRate: rate, soundRate: soundRate, longSide: longSide)
        }
    }

    /// From so many bits a second on a film has this size and pace.
    private static let shapes: [(rate: Int, longSide: Int, pace: Int)] = [
        (1_500_000, 1280, 30), (600_000, 854, 30), (280_000, 640, 24), (110_000, 426, 15), (45_000, 240, 12), (26_000, 176, 8),
    ]

    static func make(_ format: MediaFormat, _ facts: TrackFacts, octets: Int, limits: MediaLimits) throws(FittingError) -> FilmPlan {
        if octets <= limits.octets, let target = copyTarget(format, facts), limits.formats.contains(target) { return .copied(target) }
        return try encoding(facts, limits: limits)
    }

    static func encoding(_ facts: TrackFacts, limits: MediaLimits) throws(FittingError) -> FilmPlan {
        guard let target = [MediaFormat.mp4, .threeGP].first(where: limits.formats.contains) else {
            throw .cannotFit("The carrier takes no format of film that can be made here.")
        }
        guard let duration = facts.duration else { throw .undecodable("no duration") }
        let all = max(0, (Double(limits.octets) * 0.93 - 3000) * 8 / duration)
        let rate = Int(min(all, 3_000_000))
        let sound = facts.sound == nil ? 0 : rate < 120_000 ? 12_000 : rate < 400_000 ? 24_000 : 48_000
        guard let encoding = shape(filmRate: rate - sound, soundRate: sound, longSide: max(facts.width, facts.height)) else {
            throw .cannotFit("The video of \(Measure.time(duration)) cannot be made smaller than \(Measure.octets(limits.octets)).")
        }
        return .encoded(target, encoding)
    }

    fileprivate static func shape(filmRate: Int, soundRate: Int, longSide: Int) -> Encoding? {
        shapes.first { $0.rate <= filmRate }.map {
            Encoding(filmRate: filmRate, soundRate: soundRate, longSide: min($0.longSide, longSide), framesPerSecond: $0.pace)
        }
    }

    /// Only what phones play is copied.
    private static func copyTarget(_ format: MediaFormat, _ facts: TrackFacts) -> MediaFormat? {
        switch (format, facts.film, facts.sound) {
        case (.mp4, "h264", "aac"), (.mp4, "h264", nil), (.quickTime, "h264", "aac"), (.quickTime, "h264", nil): .mp4
        case (.threeGP, "h264", "aac"), (.threeGP, "h264", "amr_nb"), (.threeGP, "h264", nil), (.threeGP, "h263", "amr_nb"), (.threeGP, "mpeg4", "amr_nb"),
            (.threeGP, "mpeg4", "aac"): .threeGP
        default: nil
        }
    }
}
