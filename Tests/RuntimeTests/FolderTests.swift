import Foundation
import HomelineTesting
import Runtime
import Testing

@Suite struct FolderTests {
    private let directory: TemporaryDirectory
    private let folder: Folder

    init() throws {
        directory = try TemporaryDirectory()
        folder = Folder(directory.file("spool/"))
        try folder.make()
    }

    @Test func `what is written appears whole, and can be read`() throws {
        try folder.write("b", [1, 2, 3])
        try folder.write("a", [])
        #expect(try folder.files().map(\.name) == ["a", "b"])
        #expect(try folder.read("b", limit: 3) == [1, 2, 3])
        #expect(try folder.read("a", limit: 0) == [])
        #expect(folder.trouble == nil && Folder(directory.file("nowhere")).trouble != nil)
    }

    @Test func `what is too large is not read`() throws {
        try folder.write("b", [1, 2, 3])
        let error = #expect(throws: FolderError.self) { try folder.read("b", limit: 2) }
        #expect(error?.isTooLarge == true)
    }

    @Test(arguments: ["", ".", "..", "../out", "a/b", "/etc/hostname", "a\0b", String(repeating: "x", count: 256)])
    func `no name leads out of the folder`(name: String) throws {
        #expect(throws: FolderError.self) { try folder.write(name, []) }
        #expect(throws: FolderError.self) { try folder.read(name, limit: 1) }
        #expect(throws: FolderError.self) { try folder.move(name, to: folder, as: "x") }
        #expect(!folder.has(name) && folder.file(name) == nil)
        try folder.remove(name)
        #expect(FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `links, pipes, folders and hidden files are not looked at`() throws {
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "/etc/hostname")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/below", withIntermediateDirectories: false)
        #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        try folder.stage(".hidden", [1])
        #expect(try folder.files().isEmpty)
        for name in ["link", "pipe", "below"] { #expect(throws: FolderError.self) { try folder.read(name, limit: 100) } }
        #expect(throws: FolderError.self) { try folder.stage("link", [1]) }
    }

    @Test func `a file that is there again under its name is another one`() throws {
        try folder.write("a", [1])
        let first = try #require(folder.file("a"))
        #expect(folder.file("a") == first)
        try folder.write("a", [1])
        #expect(folder.file("a") != first && folder.file("a")?.mark != first.mark)
    }

    @Test func `of many files the first are looked at, and all that are old are removed`() throws {
        for index in (0...Folder.entryLimit).reversed() { try Data().write(to: URL(filePath: "\(folder.path)/a\(100_000 + index)")) }
        for index in 0...Folder.entryLimit { try Data().write(to: URL(filePath: "\(folder.path)/b\(100_000 + index)")) }
        let files = try folder.files().map(\.name)
        #expect(files == (0..<Folder.entryLimit).map { "a\(100_000 + $0)" })
        #expect(try folder.files { $0.hasSuffix("1234") }.map(\.name) == ["a101234", "b101234"])
        try folder.removeFiles(before: .max)
        #expect(try folder.files().isEmpty)
    }

    @Test func `files move between folders`() throws {
        let other = Folder(directory.file("other"))
        try other.make()
        try folder.write("a", [7])
        try folder.move("a", to: other, as: "b")
        #expect(try folder.files().isEmpty)
        #expect(try other.read("b", limit: 1) == [7])
    }

    @Test func `notes that are old are forgotten`() throws {
        let deposit = Deposit(into: folder, notes: Folder(directory.file("notes")))
        try Folder(directory.file("notes")).make()
        try deposit.put([("a", [1]), ("b", [2])], as: "key")
        #expect(try deposit.names(of: "key") == ["a", "b"])
        try deposit.forget(before: 1_000)
        #expect(try deposit.names(of: "key") == ["a", "b"])
        try deposit.forget(before: .max)
        #expect(try deposit.names(of: "key") == nil)
    }

    @Test func `the clock of this machine is read and set back`() {
        let clock = LocalClock(at: 1_700_000_000)
        #expect(clock.seconds == 1_700_000_000 && clock.second == 20 && clock.year == 2023)
    }
}
