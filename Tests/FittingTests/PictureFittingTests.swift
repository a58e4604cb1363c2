import Foundation
import Testing

@testable import Fitting

@Suite(.enabled("the tools are installed: Scripts/install-missing") { Studio.hasTools }) struct PictureFittingTests {
    private let limits = MediaLimits(octets: 300 << 10, longSide: 1600, shortSide: 1600)

    @Test func `a photo of 12 megapixels fits 300 KB`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 4000, 3000, "-q:v", "2")
        #expect(try photo.count() > 1_000_000)
        let clock = ContinuousClock()
        let before = clock.now
        let fitted = try await studio.fitter.fit(photo, declared: "image/jpeg", to: limits)
        print("12 megapixels to \(fitted.octets.count) octets in \(clock.now - before)")
        #expect(fitted.contentType == "image/jpeg")
        #expect((100 << 10...300 << 10).contains(fitted.octets.count))
        let header = try await studio.header(fitted)
        #expect(try #require(PictureFacts(header: header)).longSide >= 1000)
        #expect(fitted.changes.contains { $0.hasPrefix("The picture was made smaller, from 4000 × 3000") })
        #expect(studio.leftovers.isEmpty)
    }

    @Test(arguments: [20, 60, 120]) func `whatever the limit, the result is below it`(kilobytes: Int) async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.png", 1500, 1000)
        let limits = MediaLimits(octets: kilobytes << 10)
        let fitted = try await studio.fitter.fit(photo, declared: "image/png", to: limits)
        #expect(fitted.octets.count <= kilobytes << 10)
        #expect(fitted.octets.count > kilobytes << 8)
    }

    @Test func `where a picture was taken stays here, also when it would have fitted`() async throws {
        let studio = try Studio()
        _ = try await studio.photo("plain.jpg", 320, 240)
        let tagged = Tags.insert(Tags.exif, into: try Data(contentsOf: URL(filePath: studio.file("plain.jpg"))))
        let source = try studio.write(tagged, "tagged.jpg")
        #expect(try await studio.run("/usr/bin/vipsheader", ["-a", "tagged.jpg"]).contains("exif-ifd3-GPSLatitudeRef"))
        let fitted = try await studio.fitter.fit(source, declared: "image/jpeg", to: limits)
        let header = try await studio.header(fitted)
        #expect(!header.contains("exif") && !header.contains("GPS"))
        #expect(fitted.octets.firstRange(of: Array("Exif".utf8)) == nil)
        #expect(fitted.changes.contains("Its metadata was removed."))
    }

    @Test func `a picture that is kept again while it is read is not called damaged`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 640, 480)
        let octets = try photo.octets()
        let keeping = Task {
            while !Task.isCancelled {
                _ = try studio.write(octets, "again")
                rename(studio.file("again"), studio.file("photo.jpg"))
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        defer { keeping.cancel() }
        for _ in 0..<5 {
            do {
                _ = try await studio.fitter.fit(photo, declared: "image/jpeg", to: limits)
            } catch {
                #expect(error.isTransient)
            }
        }
    }

    @Test func `a picture is upright when it arrives, for what turns it is removed`() async throws {
        let studio = try Studio()
        _ = try await studio.photo("plain.jpg", 320, 240)
        let source = try studio.write(Tags.insert(Tags.exif, into: try Data(contentsOf: URL(filePath: studio.file("plain.jpg")))), "turned.jpg")
        let fitted = try await studio.fitter.fit(source, declared: "image/jpeg", to: limits)
        let facts = try #require(PictureFacts(header: try await studio.header(fitted)))
        #expect((facts.width, facts.height) == (240, 320))
    }

    @Test(arguments: [("png", "image/png"), ("webp", "image/webp")]) func `transparent places are kept where they fit, else they are white`(name: String, type: String) async throws {
        let studio = try Studio()
        _ = try await studio.make("glass.png", "-f", "lavfi", "-i", "color=red@0.0:size=400x300,format=rgba,noise=c3s=100", "-frames:v", "1")
        if name != "png" { try await studio.run("/usr/bin/vips", ["copy", "glass.png", "glass.\(name)"]) }
        let source = MediaSource.file(studio.file("glass.\(name)"))
        let kept = try await studio.fitter.fit(source, declared: type, to: MediaLimits(octets: 1 << 20))
        #expect(kept.contentType == "image/png")
        #expect(try #require(PictureFacts(header: try await studio.header(kept))).hasAlpha)
        let flat = try await studio.fitter.fit(source, declared: type, to: MediaLimits(octets: 1 << 20, formats: [.jpeg]))
        #expect(flat.contentType == "image/jpeg")
        _ = try studio.write(flat.octets, "flat.jpg")
        let mean = try await studio.run("/usr/bin/vips", ["avg", "flat.jpg"])
        #expect(try #require(Double(mean.trimmingCharacters(in: .whitespacesAndNewlines))) > 120)
    }

    @Test func `HEIC becomes JPEG`() async throws {
        let studio = try Studio()
        _ = try await studio.photo("photo.png", 640, 480)
        try await studio.run("/usr/bin/vips", ["heifsave", "photo.png", "photo.heic", "--compression", "hevc"])
        let fitted = try await studio.fitter.fit(.file(studio.file("photo.heic")), declared: "application/octet-stream", to: limits)
        #expect(fitted.contentType == "image/jpeg")
        #expect(fitted.changes.contains("It was turned from HEIC into JPEG."))
        #expect(try #require(PictureFacts(header: try await studio.header(fitted))).longSide == 640)
    }

    @Test func `a small animation stays one; a large one is made smaller`() async throws {
        let studio = try Studio()
        let animation = try await studio.make("dance.gif", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=5:duration=2,noise=alls=40:allf=t")
        let kept = try await studio.fitter.fit(animation, declared: "image/gif", to: limits)
        #expect(kept.contentType == "image/gif")
        #expect(try #require(PictureFacts(header: try await studio.header(kept))).pages == 10)
        let count = try animation.count()
        let smaller = try await studio.fitter.fit(animation, declared: "image/gif", to: MediaLimits(octets: count / 3))
        #expect(smaller.octets.count <= count / 3)
        #expect(smaller.contentType == "image/gif")
        #expect(try #require(PictureFacts(header: try await studio.header(smaller))).width < 320)
    }

    @Test func `where no animation fits its first picture goes`() async throws {
        let studio = try Studio()
        let animation = try await studio.make("dance.gif", "-f", "lavfi", "-i", "testsrc2=size=640x480:rate=10:duration=4")
        let fitted = try await studio.fitter.fit(animation, declared: "image/gif", to: MediaLimits(octets: 12 << 10))
        #expect(fitted.contentType == "image/jpeg")
        #expect(fitted.changes.contains("Only the first picture of the animation was kept."))
    }

    @Test func `what cannot be made small enough is refused with a reason`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.png", 640, 480)
        await #expect(throws: FittingError.cannotFit("The picture of 640 × 480 cannot be made smaller than 1 KB.")) {
            try await studio.fitter.fit(photo, declared: "image/png", to: MediaLimits(octets: 1 << 10))
        }
        #expect(studio.leftovers.isEmpty)
    }

    @Test func `the original may come as octets`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 640, 480)
        let fitted = try await studio.fitter.fit(.octets(try photo.octets()), declared: "image/jpeg", to: limits)
        #expect(try #require(PictureFacts(header: try await studio.header(fitted))).longSide == 640)
        #expect(studio.leftovers.isEmpty)
    }
}
