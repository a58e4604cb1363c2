import Foundation
import Testing

@testable import Fitting

@Suite struct WorkplaceTests {
    @Test func `a start removes what dead work left, and leaves alone what is being worked on`() throws {
        let studio = try Studio()
        let work = studio.file("work")
        let workplace = try Workplace(in: work, source: .octets([1, 2, 3]))
        try FileManager.default.createDirectory(atPath: work + "/dead", withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: work + "/dead/in"))
        try Data([1]).write(to: URL(filePath: work + "/stray"))
        _ = Fitter(directory: work)
        #expect(studio.leftovers == [URL(filePath: workplace.path).lastPathComponent])
        #expect(workplace.octets(of: "in", limit: 3) == [1, 2, 3])
    }

    @Test func `a folder and its files are their owner's alone, and gone with the work`() throws {
        let studio = try Studio()
        var workplace: Workplace? = try Workplace(in: studio.file("work"), source: .octets([1, 2, 3]))
        let path = try #require(workplace?.path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        workplace = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a result that is a link, too large or missing is none`() throws {
        let studio = try Studio()
        let workplace = try Workplace(in: studio.file("work"), source: .octets([1, 2, 3]))
        try FileManager.default.createSymbolicLink(atPath: workplace.file("out"), withDestinationPath: "/etc/hostname")
        #expect(workplace.octets(of: "out", limit: 1000) == nil)
        #expect(workplace.octets(of: "in", limit: 2) == nil)
        #expect(workplace.octets(of: "none", limit: 2) == nil)
    }

    @Test func `work on what is not there is told as ours`() async throws {
        let studio = try Studio()
        await #expect(throws: FittingError.machine("the original is not there")) {
            try await studio.fitter.fit(.file(studio.file("none")), declared: "image/jpeg", to: MediaLimits(octets: 1))
        }
        let fitter = Fitter(directory: "/proc/none")
        await #expect { _ = try await fitter.fit(.octets([0xFF, 0xD8, 0xFF, 0]), declared: "image/jpeg", to: MediaLimits(octets: 100)) } throws: { error in
            (error as? FittingError)?.isTransient == true
        }
    }
}
