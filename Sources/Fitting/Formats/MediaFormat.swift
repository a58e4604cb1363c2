/// A format that media has by its own octets, whatever its name or the sender says.
public enum MediaFormat: String, CaseIterable, Hashable, Sendable {
    case jpeg, png, gif, webp, heic
    case amr, amrWideband, aac, m4a, mp3, ogg, wav
    case mp4, threeGP, quickTime, webm
    /// A contact (RFC 6350).
    case vCard

    public enum Family: Hashable, Sendable {
        case picture, sound, film, text
    }

    public var family: Family {
        switch self {
        case .jpeg, .png, .gif, .webp, .heic: .picture
        case .amr, .amrWideband, .aac, .m4a, .mp3, .ogg, .wav: .sound
        case .mp4, .threeGP, .quickTime, .webm: .film
        case .vCard: .text
        }
    }

    /// The media type under which it is sent.
    public var contentType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .amr: "audio/amr"
        case .amrWideband: "audio/amr-wb"
        case .aac: "audio/aac"
        case .m4a: "audio/mp4"
        case .mp3: "audio/mpeg"
        case .ogg: "audio/ogg"
        case .wav: "audio/wav"
        case .mp4: "video/mp4"
        case .threeGP: "video/3gpp"
        case .quickTime: "video/quicktime"
        case .webm: "video/webm"
        case .vCard: "text/vcard"
        }
    }

    /// What a file of it is called after the dot.
    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .amrWideband: "awb"
        case .threeGP: "3gp"
        case .quickTime: "mov"
        case .vCard: "vcf"
        case .png, .gif, .webp, .heic, .amr, .aac, .m4a, .mp3, .ogg, .wav, .mp4, .webm: rawValue
        }
    }

    /// The demuxer of FFmpeg that reads it and no other; nil for what it is not asked to read.
    var demuxer: String? {
        switch self {
        case .amr, .amrWideband: "amr"
        case .aac: "aac"
        case .mp3: "mp3"
        case .ogg: "ogg"
        case .wav: "wav"
        case .m4a, .mp4, .threeGP, .quickTime: "mov"
        case .webm: "matroska"
        case .jpeg, .png, .gif, .webp, .heic, .vCard: nil
        }
    }
}
