import Foundation
import Testing

@testable import Fitting

@Suite(.enabled("the tools are installed: Scripts/install-missing") { Studio.hasTools }) struct RecordingFittingTests {
    private let limits = MediaLimits(octets: 300 << 10)

    @Test(arguments: [["-c:a", "pcm_s16le", "note.wav"], ["-c:a", "libopus", "note.ogg"], ["-c:a", "libopus", "note.webm"], ["-c:a", "aac", "-f", "adts", "note.aac"]])
    func `a voice note becomes what phones play`(how: [String]) async throws {
        let studio = try Studio()
        try await studio.run("/usr/bin/ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "sine=duration=8:frequency=500"] + how)
        let fitted = try await studio.fitter.fit(.file(studio.file(how.last ?? "")), declared: "audio/x-unknown", to: limits)
        #expect(fitted.contentType == "audio/mp4")
        #expect(MediaFormat(sniffing: fitted.octets) == .m4a)
        let facts = TrackFacts(probe: try await studio.probe(fitted))
        #expect(facts.sound == "aac" && abs((facts.duration ?? 0) - 8) < 0.5)
    }

    @Test func `a recording is as good as there is room for`() async throws {
        let studio = try Studio()
        let long = try await studio.make("long.wav", "-f", "lavfi", "-i", "anoisesrc=duration=60:color=pink:sample_rate=16000")
        let fitted = try await studio.fitter.fit(long, declared: "audio/wav", to: MediaLimits(octets: 200 << 10))
        #expect((80 << 10...200 << 10).contains(fitted.octets.count))
        await #expect(throws: FittingError.cannotFit("The recording of 1 min cannot be made smaller than 50 KB.")) {
            try await studio.fitter.fit(long, declared: "audio/wav", to: MediaLimits(octets: 50 << 10))
        }
    }

    @Test func `tags of a song and of a film stay here, its sound and pictures are not touched`() async throws {
        let studio = try Studio()
        let song = try await studio.make("song.mp3", "-f", "lavfi", "-i", "sine=duration=3", "-metadata", "title=at home", "-metadata", "comment=+48.8577+002.295/")
        let sent = try await studio.fitter.fit(song, declared: "audio/mpeg", to: limits)
        #expect(sent.contentType == "audio/mpeg")
        #expect(!contains(sent, "at home") && !contains(sent, "48.8577") && !contains(sent, "Lavf"))
        let film = try await studio.make(
            "film.mp4", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=2", "-f", "lavfi", "-i", "sine=duration=2", "-c:v", "libx264", "-pix_fmt", "yuv420p",
            "-metadata", "location=+48.8577+002.295/", "-metadata", "title=at home", "-movflags", "use_metadata_tags")
        #expect(Data(try film.octets()).firstRange(of: Data("48.8577".utf8)) != nil)
        let shown = try await studio.fitter.fit(film, declared: "video/mp4", to: limits)
        #expect(shown.contentType == "video/mp4")
        #expect(!contains(shown, "at home") && !contains(shown, "48.8577") && !contains(shown, "Lavf"))
        #expect(shown.changes == ["Its metadata was removed."])
        #expect(TrackFacts(probe: try await studio.probe(shown)).film == "h264")
    }

    @Test func `AMR that fits goes as it came, without a tool`() async throws {
        let studio = try Studio()
        let amr = Array("#!AMR\n".utf8) + [UInt8](repeating: 0x3C, count: 320)
        let fitter = Fitter(tools: FittingTools(), directory: studio.file("other"))
        let fitted = try await fitter.fit(.octets(amr), declared: "audio/amr", to: limits)
        #expect(fitted == Fitted("audio/amr", amr))
    }

    @Test(arguments: [("film.mov", "libx264"), ("film.mp4", "libx265"), ("film.webm", "libvpx")]) func `a film too large is made smaller`(name: String, codec: String) async throws {
        let studio = try Studio()
        let film = try await studio.make(
            name, "-f", "lavfi", "-i", "testsrc2=size=480x270:rate=20:duration=3,noise=alls=60:allf=t", "-f", "lavfi", "-i", "sine=duration=3", "-c:v", codec, "-preset",
            "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "8M")
        #expect(try film.count() > 500_000)
        let fitted = try await studio.fitter.fit(film, declared: "video/mp4", to: limits)
        #expect(fitted.contentType == "video/mp4")
        #expect((50 << 10...300 << 10).contains(fitted.octets.count))
        let facts = TrackFacts(probe: try await studio.probe(fitted))
        #expect(facts.film == "h264" && facts.sound == "aac" && abs((facts.duration ?? 0) - 3) < 0.5)
    }

    @Test func `a film that cannot be made small enough is refused with its length`() async throws {
        let studio = try Studio()
        let film = try await studio.make("film.mp4", "-f", "lavfi", "-i", "color=size=64x64:rate=1:duration=200", "-c:v", "libx264", "-preset", "ultrafast", "-x264-params", "keyint=1:qp=0")
        await #expect(throws: FittingError.cannotFit("The video of 3 min 20 s cannot be made smaller than 30 KB.")) {
            try await studio.fitter.fit(film, declared: "video/mp4", to: MediaLimits(octets: 30 << 10))
        }
    }

    @Test func `AMR of another phone becomes playable, as a rendition of its own`() async throws {
        let studio = try Studio()
        // Silence: frames of mode 7 whose bits say nothing.
        let amr = try studio.write(Array("#!AMR\n".utf8) + (0..<100).flatMap { _ in [UInt8(0x3C)] + [UInt8](repeating: 0, count: 31) }, "note.amr")
        for rendition in [Rendition.playable, .voice] {
            let path = studio.file("rendition.\(rendition.format.fileExtension)")
            try await studio.fitter.render(rendition, of: amr, to: path)
            let octets = try MediaSource.file(path).octets()
            #expect(MediaFormat(sniffing: octets) == rendition.format)
            let facts = TrackFacts(probe: try await studio.run("/usr/bin/ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "flat", path]))
            #expect(abs((facts.duration ?? 0) - 2) < 0.2)
        }
        #expect(studio.leftovers.isEmpty)
    }

    @Test func `pictures and films have thumbnails of at most 320 pixels`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 1200, 600)
        let film = try await studio.make("film.3gp", "-f", "lavfi", "-i", "testsrc2=size=640x480:rate=10:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p")
        for (source, height) in [(photo, 160), (film, 240)] {
            try await studio.fitter.render(.thumbnail, of: source, to: studio.file("thumbnail.jpg"))
            let facts = try #require(PictureFacts(header: try await studio.run("/usr/bin/vipsheader", ["-a", "thumbnail.jpg"])))
            #expect((facts.width, facts.height) == (320, height))
        }
    }

    @Test func `a rendition is made once, however many ask`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 640, 480)
        try FileManager.default.createDirectory(atPath: studio.file("renditions"), withIntermediateDirectories: true)
        let renditions = Renditions(fitter: studio.fitter, directory: studio.file("renditions"))
        let digest = String(repeating: "ab", count: 32)
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 { group.addTask { try await renditions.path(of: .thumbnail, for: digest, from: photo) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths == ["\(studio.file("renditions"))/ab/\(digest.dropFirst(2)).thumbnail"])
        let made = try FileManager.default.attributesOfItem(atPath: paths.first ?? "")[.modificationDate] as? Date
        // Also without the original: it is there.
        let again = try await renditions.path(of: .thumbnail, for: digest, from: .octets([]))
        #expect(try FileManager.default.attributesOfItem(atPath: again)[.modificationDate] as? Date == made)
        await #expect(throws: FittingError.self) { try await renditions.path(of: .voice, for: digest, from: photo) }
    }

    @Test func `who is told to end does not wait for a rendition, and whoever else asked has it`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 640, 480)
        try FileManager.default.createDirectory(atPath: studio.file("renditions"), withIntermediateDirectories: true)
        let renditions = Renditions(fitter: studio.fitter, directory: studio.file("renditions"))
        let digest = String(repeating: "cd", count: 32)
        let ended = Task { try await renditions.path(of: .thumbnail, for: digest, from: photo) }
        ended.cancel()
        await #expect(throws: FittingError.cancelled) { try await ended.value }
        let path = try await renditions.path(of: .thumbnail, for: digest, from: photo)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    private func contains(_ fitted: Fitted, _ text: String) -> Bool {
        Data(fitted.octets).firstRange(of: Data(text.utf8)) != nil
    }
}
