/// What a carrier and the phones behind it take of one part.
public struct MediaLimits: Hashable, Sendable {
    /// Octets at most.
    public var octets: Int
    /// Pixels of a picture's longer and shorter side at most.
    public var longSide: Int
    public var shortSide: Int
    /// What the phones behind it show and play.
    public var formats: Set<MediaFormat>

    /// What every phone of the last fifteen years takes.
    public static let usualFormats: Set<MediaFormat> = [.jpeg, .png, .gif, .amr, .m4a, .mp3, .threeGP, .mp4, .vCard]

    public init(octets: Int, longSide: Int = 2048, shortSide: Int = 2048, formats: Set<MediaFormat> = usualFormats) {
        self.octets = octets
        self.longSide = longSide
        self.shortSide = shortSide
        self.formats = formats
    }
}
