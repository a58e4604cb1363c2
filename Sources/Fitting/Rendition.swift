/// Another form of media, made for showing and playing; the original stays what it is.
public enum Rendition: String, CaseIterable, Hashable, Sendable {
    /// A JPEG of at most 320 pixels a side, of a picture or a film's first moment.
    case thumbnail
    /// AAC in an MP4 container: what every phone's own player takes.
    case playable
    /// Uncompressed, for apps that show a voice message as one (Linphone: `audio/wav;voice-recording=yes`).
    case voice

    public var format: MediaFormat {
        switch self {
        case .thumbnail: .jpeg
        case .playable: .m4a
        case .voice: .wav
        }
    }
}
