import Glibc

extension Fitter {
    private static let thumbnailSide = 320

    /// Makes the rendition and moves it to the path, whole or not at all.
    ///
    /// - Parameter path: in a folder of the same disk; what is there is replaced.
    public func render(_ rendition: Rendition, of source: MediaSource, to path: String) async throws(FittingError) {
        guard let format = MediaFormat(sniffing: try source.head()) else { throw .unknownFormat("of no known format") }
        let workplace = try workplace(for: source)
        switch (rendition, format.family) {
        case (.thumbnail, .picture):
            _ = try await facts(of: workplace)
            try await thumbnail("in", "out.jpg[Q=75,strip,optimize_coding,background=255]", Self.thumbnailSide, ["--export-profile", "srgb"], in: workplace)
            try move("out.jpg", of: workplace, to: path)
        case (.thumbnail, .film):
            _ = try await tracks(of: workplace, format)
            try await still(workplace, format)
            try move("out", of: workplace, to: path)
        case (.playable, .sound), (.playable, .film):
            try await convert(workplace, format, ["-map", "0:a:0"] + FFmpeg.sound(.m4a, 48_000), to: .m4a, within: bounds.sound)
            try move("out", of: workplace, to: path)
        case (.voice, .sound), (.voice, .film):
            try await convert(workplace, format, ["-map", "0:a:0", "-c:a", "pcm_s16le", "-ac", "1", "-ar", "16000"], to: .wav, within: bounds.sound)
            try move("out", of: workplace, to: path)
        case (.thumbnail, .sound), (_, .text), (.playable, .picture), (.voice, .picture):
            throw .unknownFormat(format.contentType)
        }
    }

    /// The first picture of a film.
    private func still(_ workplace: Workplace, _ format: MediaFormat) async throws(FittingError) {
        guard let demuxer = format.demuxer else { throw .unknownFormat(format.contentType) }
        let side = Self.thumbnailSide
        let shape = "scale='min(\(side),iw)':'min(\(side),ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
        let arguments =
            FFmpeg.quiet + ["-nostdin", "-y"] + FFmpeg.input(demuxer)
            + ["-i", "file:in", "-map", "0:v:0", "-frames:v", "1", "-vf", shape, "-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p", "-f", "mjpeg", "file:out"]
        try await perform(Errand(need(tools.ffmpeg, "ffmpeg"), arguments, within: bounds.picture), in: workplace)
    }

    private func move(_ name: String, of workplace: Workplace, to path: String) throws(FittingError) {
        guard workplace.size(of: name) > 0 else { throw .undecodable("nothing came of it") }
        guard rename(workplace.file(name), path) == 0 else { throw .machine("the rendition cannot be put in its place: error \(errno)") }
    }
}
