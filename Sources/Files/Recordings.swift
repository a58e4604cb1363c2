import Crypto
import Exchange
import Fitting
import HTTPStack
import Telephony

/// Recordings of phones, which few apps play, in a form that they do. The original is what is kept.
public struct Recordings: Sendable {
    let renditions: Renditions
    let media: any MediaStore

    public init(renditions: Renditions, media: any MediaStore) {
        self.renditions = renditions
        self.media = media
    }

    /// Media types of what is brought in another form.
    public static let types: Set<String> = ["audio/amr", "audio/amr-wb"]
    public static let contentType = Rendition.playable.format.contentType
    /// Octets of one; a recording of an hour is less.
    private static let limit = 32 << 20

    /// `note.amr` becomes `note.m4a`.
    public static func name(_ name: String) -> String {
        let stem = name.lowercased().hasSuffix(".amr") ? String(name.dropLast(4)) : name
        return "\(stem).\(Rendition.playable.format.fileExtension)"
    }

    /// Nil where it cannot be made: the original is served then. Throws where it is not waited for, lest an app keep what it cannot play.
    public func playable(_ part: Part) async throws(CancellationError) -> (octets: [UInt8], mark: String)? {
        let original: (digest: String, source: MediaSource)
        switch part.content {
        case .inline(let octets): original = (lowercaseHex(SHA256.hash(data: octets)), .octets(octets))
        case .stored(let stored):
            guard let source = try? await source(of: stored) else { return nil }
            original = (stored.digest, source)
        }
        do {
            let octets = try await renditions.octets(of: .playable, for: original.digest, from: original.source, limit: Self.limit)
            return (octets, "\(original.digest.prefix(32))-m4a")
        } catch {
            if error == .cancelled { throw CancellationError() }
            return nil
        }
    }

    private func source(of stored: Media) async throws(MediaError) -> MediaSource {
        if let path = media.path(of: stored) { return .file(path) }
        return .octets(try await media.read(stored, from: 0, count: stored.size))
    }
}
