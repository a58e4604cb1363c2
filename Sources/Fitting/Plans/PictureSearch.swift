/// Looks for the largest and best JPEG of a picture that has few enough octets, in few attempts: first with less quality, then smaller.
struct PictureSearch {
    struct Attempt: Hashable {
        var longSide: Int
        /// As libjpeg counts it, 1 to 100.
        var quality: Int
    }

    private let limit: Int
    private let start: Int
    private var last: Attempt?
    private var count = 0

    private static let maximumAttempts = 7
    /// A picture smaller than this tells nobody anything.
    private static let smallestSide = 96
    private static let whenShrinking = 68
    /// What share of the octets at quality 82 a photo has at another; measured on photos, good enough to aim by.
    private static let shares: [(quality: Int, share: Double)] = [(82, 1), (75, 0.80), (68, 0.68), (60, 0.59), (52, 0.52), (45, 0.46)]

    /// - Parameters:
    ///   - limit: octets.
    ///   - longSide: of the first attempt.
    init(limit: Int, longSide: Int) {
        self.limit = limit
        start = longSide
    }

    /// The next attempt, after one that came to so many octets; nil where nothing is left to try.
    mutating func next(after octets: Int?) -> Attempt? {
        guard count < Self.maximumAttempts else { return nil }
        count += 1
        guard let octets, let last else {
            last = Attempt(longSide: start, quality: Self.shares[0].quality)
            return last
        }
        let attempt = attempt(after: last, of: octets)
        self.last = attempt
        return attempt
    }

    private func attempt(after last: Attempt, of octets: Int) -> Attempt? {
        // A little below the limit, so that the next attempt does not miss by a few octets.
        let wanted = 0.95 * Double(limit) / Double(max(1, octets))
        let current = Self.share(of: last.quality)
        if let better = Self.shares.first(where: { $0.quality < last.quality && $0.share / current <= wanted }), last.longSide == start || wanted > 0.8 {
            return Attempt(longSide: last.longSide, quality: better.quality)
        }
        let quality = min(last.quality, Self.whenShrinking)
        let scale = (wanted * current / Self.share(of: quality)).squareRoot()
        let longSide = Int(Double(last.longSide) * min(0.92, scale))
        return longSide >= min(Self.smallestSide, start) ? Attempt(longSide: longSide, quality: quality) : nil
    }

    private static func share(of quality: Int) -> Double {
        shares.first { $0.quality <= quality }?.share ?? 0.46
    }
}
