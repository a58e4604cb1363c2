import Foundation
import Testing

@testable import Fitting

@Suite struct PlanTests {
    /// A picture that behaves as photos do: octets by its pixels and quality.
    private func octets(_ attempt: PictureSearch.Attempt, perPixel: Double) -> Int {
        let pixels = Double(attempt.longSide) * Double(attempt.longSide) * 0.75
        return Int(pixels * perPixel * pow(Double(attempt.quality) / 82, 1.3)) + 600
    }

    @Test(arguments: [20_000, 100_000, 300_000, 1_000_000], [0.05, 0.15, 0.4, 0.9]) func `a picture is found in few attempts, and little room is wasted`(limit: Int, perPixel: Double) {
        var search = PictureSearch(limit: limit, longSide: 1600)
        var size: Int?
        var found: PictureSearch.Attempt?
        while found == nil, let attempt = search.next(after: size) {
            size = octets(attempt, perPixel: perPixel)
            if let size, size <= limit { found = attempt }
        }
        let isWhole = found?.longSide == 1600 && found?.quality == 82
        #expect(found != nil)
        #expect(isWhole || size ?? 0 > limit / 2, "\(size ?? 0) of \(limit)")
    }

    @Test func `attempts get smaller all the time and come to an end`() {
        var search = PictureSearch(limit: 1000, longSide: 4000)
        var last: PictureSearch.Attempt?
        var count = 0
        while let attempt = search.next(after: last == nil ? nil : 1_000_000) {
            if let last { #expect(attempt.longSide < last.longSide || attempt.quality < last.quality) }
            last = attempt
            count += 1
        }
        #expect((1...7).contains(count))
    }

    @Test(arguments: [0, 1, Int.max]) func `no figure traps`(octets: Int) {
        var search = PictureSearch(limit: 0, longSide: 1)
        for _ in 0..<10 { _ = search.next(after: octets) }
        _ = PictureFacts(width: 1, height: 1_000_000).longSide(within: MediaLimits(octets: 1, longSide: 1, shortSide: 1))
    }

    @Test func `a header is read, and texts in the picture do not pass for it`() {
        let facts = PictureFacts(header: "in: 4000x3000 uchar, 3 bands, srgb, jpegload\nwidth: 4000\nheight: 3000\nbands: 3\ninterpretation: srgb\norientation: 6\nexif: width: 1\nwidth: 1\n")
        #expect(facts == PictureFacts(width: 3000, height: 4000))
        #expect(PictureFacts(header: "width: 10\nheight: 20\nbands: 4\ninterpretation: srgb\nn-pages: 7") == PictureFacts(width: 10, height: 20, pages: 7, hasAlpha: true))
        #expect(PictureFacts(header: "width: 10\nheight: 20\nbands: 4\ninterpretation: cmyk")?.hasAlpha == false)
        for text in ["", "width: 10", "width: -1\nheight: 5", "width: 99999999999999999999\nheight: 1", ":\n::\nwidth"] { #expect(PictureFacts(header: text) == nil) }
        #expect(!PictureFacts(width: Int.max, height: 2).isWithin(pixels: Int.max))
    }

    @Test func `tracks are read, and the cover of a song is no film`() {
        let song = """
            streams.stream.0.codec_name="mp3"
            streams.stream.0.codec_type="audio"
            streams.stream.0.duration="3.5"
            streams.stream.1.codec_name="mjpeg"
            streams.stream.1.codec_type="video"
            streams.stream.1.width=500
            streams.stream.1.disposition.attached_pic=1
            format.duration="3.6"
            """
        #expect(TrackFacts(probe: song) == TrackFacts(sound: "mp3", duration: 3.6))
        #expect(TrackFacts(probe: "streams.stream.0.codec_type=\"audio\"\nstreams.stream.0.codec_name=\"aac\"\nformat.duration=\"N/A\"") == TrackFacts(sound: "aac"))
        #expect(TrackFacts(probe: "=\nstreams.stream.x.a=1\nstreams.stream.0=\nformat.duration=nan\nformat.duration=-1") == TrackFacts())
    }

    @Test func `a film's bits are what there is room for`() throws {
        let facts = TrackFacts(film: "hevc", width: 1920, height: 1080, sound: "aac", duration: 30)
        guard case .encoded(.mp4, let encoding) = try FilmPlan.make(.mp4, facts, octets: 50_000_000, limits: MediaLimits(octets: 1_000_000)) else {
            Issue.record("it is not encoded")
            return
        }
        let bits = Double(encoding.filmRate + encoding.soundRate) * 30
        #expect((0.85...0.94).contains(bits / 8_000_000))
        #expect(encoding.longSide == 426)
        #expect(encoding.reduced(from: 2_000_000, to: 1_000_000)?.longSide == 240)
        #expect(encoding.reduced(from: Int.max, to: 1_000_000) == nil)
    }

    @Test func `only what phones play is copied`() throws {
        let limits = MediaLimits(octets: 1_000_000)
        let usual = TrackFacts(film: "h264", width: 640, height: 480, sound: "aac", duration: 5)
        #expect(try FilmPlan.make(.mp4, usual, octets: 500_000, limits: limits) == .copied(.mp4))
        #expect(try FilmPlan.make(.quickTime, usual, octets: 500_000, limits: limits) == .copied(.mp4))
        guard case .encoded(.mp4, _) = try FilmPlan.make(.webm, TrackFacts(film: "vp9", width: 640, height: 480, duration: 5), octets: 500_000, limits: limits) else {
            Issue.record("WebM is not encoded")
            return
        }
        #expect(try SoundPlan.make(.m4a, TrackFacts(sound: "aac", duration: 5), octets: 500_000, limits: limits) == .copied(.m4a))
        #expect(try SoundPlan.make(.m4a, TrackFacts(sound: "alac", duration: 5), octets: 500_000, limits: limits) == .encoded(.m4a, bitRate: 96_000))
        #expect(throws: FittingError.cannotFit("The carrier takes no format of film that can be made here.")) {
            try FilmPlan.make(.mp4, usual, octets: 5_000_000, limits: MediaLimits(octets: 1_000_000, formats: [.jpeg]))
        }
        #expect(throws: FittingError.undecodable("no duration")) { try SoundPlan.make(.ogg, TrackFacts(sound: "opus"), octets: 5, limits: limits) }
    }

    @Test func `sizes and times are said as people say them`() {
        #expect([1, 1024, 300 << 10, 1 << 20, 1_600_000, 3 << 20].map(Measure.octets) == ["1 KB", "1 KB", "300 KB", "1 MB", "1.5 MB", "3 MB"])
        #expect([0.2, 59.4, 60, 200, 2400].map(Measure.time) == ["1 s", "59 s", "1 min", "3 min 20 s", "40 min"])
    }
}
