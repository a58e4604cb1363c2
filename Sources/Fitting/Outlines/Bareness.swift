/// What goes as it came.
public enum Bareness {
    /// Whether the octets are of the format, whole as far as their outline tells, within the limits, and hold nothing beside the picture or
    /// the sound, so that they may leave without being encoded anew.
    public static func mayPass(_ octets: [UInt8], _ format: MediaFormat, within limits: MediaLimits) -> Bool {
        guard octets.count <= limits.octets, limits.formats.contains(format) else { return false }
        switch format {
        case .jpeg: return JPEGOutline(bare: octets).map { isWithin($0.width, $0.height, limits) } ?? false
        case .png: return PNGOutline(bare: octets).map { isWithin($0.width, $0.height, limits) } ?? false
        case .amr, .amrWideband: return AMROutline(octets, format) != nil
        case .gif, .webp, .heic, .aac, .m4a, .mp3, .ogg, .wav, .mp4, .threeGP, .quickTime, .webm, .vCard: return false
        }
    }

    private static func isWithin(_ width: Int, _ height: Int, _ limits: MediaLimits) -> Bool {
        min(width, height) > 0 && max(width, height) <= limits.longSide && min(width, height) <= limits.shortSide
    }
}
