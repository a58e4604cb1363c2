import Foundation
import Testing

@testable import Fitting

@Suite(.enabled("the tools are installed: Scripts/install-missing") { Studio.hasTools }) struct HostileMediaTests {
    private let limits = MediaLimits(octets: 300 << 10)

    private func refusal(_ studio: Studio, _ source: MediaSource, _ declared: String = "image/jpeg") async -> FittingError? {
        do throws(FittingError) {
            let fitted = try await studio.fitter.fit(source, declared: declared, to: limits)
            Issue.record("it was fitted: \(fitted.contentType), \(fitted.octets.count) octets")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "<?xml version='1.0'?><!DOCTYPE svg SYSTEM 'http://192.0.2.1/x'><svg/>",
        "%PDF-1.7", "push graphic-context\nimage over 0,0 0,0 'https://192.0.2.1/'", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd", "ffconcat version 1.0\nfile /etc/passwd",
        "[Script Info]", "P6 100000 100000 255", "II*\0", "<html>", "",
    ])
    func `what is none of our formats reaches no decoder, whatever its name`(text: String) async throws {
        let studio = try Studio()
        #expect(await refusal(studio, try studio.write(text.utf8, "photo.jpg")) == .unknownFormat("image/jpeg"))
    }

    @Test func `a playlist that pretends to be a recording opens nothing`() async throws {
        let studio = try Studio()
        let playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://\(studio.file("secret.wav"))\n#EXT-X-ENDLIST\n"
        _ = try await studio.make("secret.wav", "-f", "lavfi", "-i", "sine=duration=1")
        for head in ["ID3\u{4}\0\0\0\0\0\0", "OggS\0", "RIFF\u{20}\0\0\0WAVE"] {
            #expect(await refusal(studio, try studio.write((head + playlist).utf8, "note"), "audio/amr") != nil)
        }
    }

    @Test(arguments: ["photo.jpg", "photo.png", "photo.webp", "photo.heic"]) func `pictures cut short are refused, at every tenth`(name: String) async throws {
        let studio = try Studio()
        _ = try await studio.photo("photo.png", 200, 150)
        switch name {
        case "photo.heic": try await studio.run("/usr/bin/vips", ["heifsave", "photo.png", name, "--compression", "hevc"])
        case "photo.png": break
        default: try await studio.run("/usr/bin/vips", ["copy", "photo.png", name])
        }
        let whole = try MediaSource.file(studio.file(name)).octets()
        for tenth in 1...9 {
            let error = await refusal(studio, try studio.write(whole.prefix(whole.count * tenth / 10), "cut"))
            guard case .undecodable? = error else {
                Issue.record("\(tenth) tenths: \(String(describing: error))")
                continue
            }
        }
        #expect(studio.leftovers.isEmpty)
    }

    @Test func `a PNG of 50,000 by 50,000 pixels is refused by its header`() async throws {
        let studio = try Studio()
        let bomb = Bombs.png(width: 50_000, height: 50_000)
        #expect(await refusal(studio, try studio.write(bomb, "bomb.png")) == .tooManyPixels(width: 50_000, height: 50_000, pages: 1))
    }

    @Test func `a GIF of thousands of pictures is refused by its header`() async throws {
        let studio = try Studio()
        let error = await refusal(studio, try studio.write(Bombs.gif(width: 3000, height: 3000, pages: 2000), "bomb.gif"))
        guard case .tooManyPixels? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a decoder that needs more than it may have fails, and the original stays`() async throws {
        var bounds = Bounds()
        bounds.picture.memory = 64 << 20
        let studio = try Studio(bounds)
        let photo = try await studio.photo("photo.png", 800, 600)
        let before = try photo.octets()
        #expect(await refusal(studio, photo) != nil)
        #expect(try photo.octets() == before)
        #expect(studio.leftovers.isEmpty)
    }

    @Test func `a decoder that takes too long is ended`() async throws {
        var bounds = Bounds()
        bounds.film.wallClock = .milliseconds(200)
        let studio = try Studio(bounds)
        let film = try await studio.make("film.mp4", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30:duration=10", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
        guard case .tooDemanding? = await refusal(studio, film, "video/mp4") else {
            Issue.record("it was not too demanding")
            return
        }
    }

    @Test func `without the tools nothing leaves with its metadata, and the sentence names the package`() async throws {
        let studio = try Studio()
        let photo = try await studio.photo("photo.jpg", 64, 64)
        let fitter = Fitter(tools: FittingTools(), directory: studio.file("other"))
        await #expect(throws: FittingError.toolMissing(package: "libvips-tools")) { try await fitter.fit(photo, declared: "image/jpeg", to: limits) }
        let film = try await studio.make("film.mp4", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p")
        await #expect(throws: FittingError.toolMissing(package: "ffmpeg")) { try await fitter.fit(film, declared: "video/mp4", to: limits) }
        #expect(FittingError.toolMissing(package: "ffmpeg").description.contains("Debian package ffmpeg"))
        #expect(FittingTools().missingPackages == ["libvips-tools", "ffmpeg"])
        #expect(FittingTools().advice == "apt install libvips-tools ffmpeg")
    }
}
