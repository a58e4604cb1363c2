/// The words FFmpeg is told what to do with. It never chooses a demuxer, a decoder or a protocol by itself: playlists, subtitles, filters
/// and references to other files have no way in.
enum FFmpeg {
    /// Of one picture of a film: 8K.
    static let maximumPixels = 7680 * 4320

    static let quiet = ["-v", "error", "-hide_banner"]
    static let firstTracks = ["-map", "0:v:0", "-map", "0:a:0?"]

    private static let decoders = [
        "h264", "hevc", "mpeg4", "h263", "mjpeg", "vp8", "vp9", "libvpx-vp9", "av1", "libdav1d",
        "aac", "mp3", "mp3float", "amrnb", "amrwb", "opus", "libopus", "vorbis", "flac", "alac",
        "pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw", "pcm_s16be", "adpcm_ms", "adpcm_ima_wav", "gsm_ms",
    ]

    /// How it reads.
    static func input(_ demuxer: String) -> [String] {
        [
            "-protocol_whitelist", "file", "-codec_whitelist", decoders.joined(separator: ","), "-max_streams", "32",
            "-f", demuxer,
        ]
    }

    /// How it writes: nothing of what the original tells of itself, and not its own name and version.
    static func output(_ target: MediaFormat) -> [String] {
        let plain = ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact", "-threads", "2"]
        switch target {
        case .m4a: return plain + ["-movflags", "+faststart", "-f", "ipod"]
        case .mp4: return plain + ["-movflags", "+faststart", "-f", "mp4"]
        case .threeGP: return plain + ["-movflags", "+faststart", "-f", "3gp"]
        case .mp3: return plain + ["-id3v2_version", "0", "-write_id3v1", "0", "-write_xing", "0", "-f", "mp3"]
        case .wav: return plain + ["-f", "wav"]
        default: return plain + ["-f", "null"]
        }
    }

    static func sound(_ target: MediaFormat, _ rate: Int) -> [String] {
        let pitch = rate < 20_000 ? "8000" : rate < 32_000 ? "16000" : rate < 48_000 ? "22050" : "44100"
        let channels = ["-ac", rate < 64_000 ? "1" : "2", "-ar", pitch]
        guard target == .mp3 else { return ["-c:a", "aac", "-b:a", "\(rate)"] + channels }
        // MPEG audio has a few rates only; the highest that is not above what is wanted.
        let rates = [96_000, 80_000, 64_000, 48_000, 40_000, 32_000, 24_000, 16_000]
        return ["-c:a", "libmp3lame", "-b:a", "\(rates.first { $0 <= rate } ?? 16_000)"] + channels
    }

    static func film(_ encoding: FilmPlan.Encoding) -> [String] {
        let (side, rate) = (encoding.longSide, encoding.filmRate)
        let shape = "fps='min(\(encoding.framesPerSecond),source_fps)',scale='min(\(side),iw)':'min(\(side),ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
        let film = [
            "-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-vf", shape, "-flags:v", "+bitexact",
            "-b:v", "\(rate)", "-maxrate", "\(rate)", "-bufsize", "\(rate * 2)",
        ]
        guard encoding.soundRate > 0 else { return film + ["-an"] }
        return film + sound(.m4a, encoding.soundRate)
    }
}
