import Foundation
import Testing

@testable import Fitting

/// Makes media for the tests with the same tools, unconfined, and has a fitter that works on it in a folder of its own.
final class Studio: Sendable {
    let path: String
    let fitter: Fitter

    init(_ bounds: Bounds = Bounds()) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "studio-\(UUID().uuidString)").path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        fitter = Fitter(bounds: bounds, directory: path + "/work")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Nil when all tools are there: the reason for which a test is skipped, visibly.
    static let missing: Comment? = {
        let packages = FittingTools.find().missingPackages
        return packages.isEmpty ? nil : "install \(packages.joined(separator: " ")): Scripts/install-missing"
    }()

    static var hasTools: Bool { missing == nil }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// What work left behind.
    var leftovers: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path + "/work")) ?? [] }

    func write(_ octets: some Sequence<UInt8>, _ name: String) throws -> MediaSource {
        try Data(octets).write(to: URL(filePath: file(name)))
        return .file(file(name))
    }

    /// A file that FFmpeg makes of its own test pictures and tones.
    func make(_ name: String, _ arguments: String...) async throws -> MediaSource {
        try await run("/usr/bin/ffmpeg", ["-v", "error", "-y"] + arguments + [file(name)])
        return .file(file(name))
    }

    /// A picture of noise and shapes, as hard to compress as a photo.
    func photo(_ name: String, _ width: Int, _ height: Int, _ options: String...) async throws -> MediaSource {
        let source = "testsrc2=size=\(width)x\(height):rate=1,noise=alls=14:allf=t,gblur=sigma=1.1"
        try await run("/usr/bin/ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1"] + options + [file(name)])
        return .file(file(name))
    }

    /// What a program prints. It is waited for on a thread of its own: those of the tests are few, and others need them.
    @discardableResult
    func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try self.wait(for: program, arguments) }) }
        }
    }

    private func wait(for program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: path)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments.joined(separator: " "))")
        return String(decoding: output, as: UTF8.self)
    }

    /// What a tool of its own says about the result.
    func header(_ fitted: Fitted) async throws -> String {
        _ = try write(fitted.octets, "result")
        return try await run("/usr/bin/vipsheader", ["-a", "result"])
    }

    func probe(_ fitted: Fitted) async throws -> String {
        _ = try write(fitted.octets, "result")
        return try await run("/usr/bin/ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "flat", "result"])
    }
}
