import Fitting
import Foundation
import Synchronization

/// A photo made to fit, by the tools of the system that the daemon uses.
struct MediaMeasurements {
    let directory: String

    private static let rounds = 7
    private static let limit = 300 << 10

    func all() throws -> [Measurement] {
        let folder = directory + "/media"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let photo = folder + "/photo.jpg"
        try Self.makePhoto(photo)
        let fitter = Fitter(directory: folder + "/work")
        // The first loads the tools from the disk.
        _ = try Self.fit(photo, with: fitter)
        let before = ProcessUsage(process: getpid())
        var times: [Double] = []
        var octets = 0
        for _ in 0..<Self.rounds {
            let begin = ContinuousClock.now
            octets = try Self.fit(photo, with: fitter)
            times.append((ContinuousClock.now - begin).milliseconds)
        }
        let after = ProcessUsage(process: getpid())
        let size = (try? FileManager.default.attributesOfItem(atPath: photo)[.size] as? NSNumber)?.doubleValue ?? 0
        return [
            Measurement(
                what: "Photo of 12 megapixels (\(Table.number(size / 1e6, .megabytes)) JPEG) to 300 KB", unit: .milliseconds, reached: Samples(times).median,
                promise: .atMost(1500), explanation: "\(octets / 1024) KB came of it; each attempt is a process of libvips of its own."),
            Measurement(
                what: "What the fitting process grew by meanwhile", unit: .megabytes, reached: max(0, after.anonymous - before.anonymous), promise: .atMost(2),
                explanation: "the decoders' memory is their own, and bounded."),
        ]
    }

    /// Shapes under noise: as hard to compress as a photo.
    private static func makePhoto(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        let source = "testsrc2=size=4000x3000:rate=1,noise=alls=30:allf=t,gblur=sigma=0.8"
        process.arguments = ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1", "-q:v", "3", path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("no photo could be made: install ffmpeg") }
    }

    /// Octets of the result.
    private static func fit(_ photo: String, with fitter: Fitter) throws -> Int {
        let result = Mutex<Result<Int, FittingError>>(.failure(.cancelled))
        let end = DispatchSemaphore(value: 0)
        // This program waits for one thing at a time; nobody else is kept waiting.
        Task.detached {
            let fitted: Result<Int, FittingError>
            do throws(FittingError) {
                fitted = .success(try await fitter.fit(.file(photo), declared: "image/jpeg", to: MediaLimits(octets: limit)).octets.count)
            } catch {
                fitted = .failure(error)
            }
            result.withLock { $0 = fitted }
            end.signal()
        }
        end.wait()
        return try result.withLock { try $0.get() }
    }
}
