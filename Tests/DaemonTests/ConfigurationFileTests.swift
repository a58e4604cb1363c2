import Foundation
import HomelineTesting
import Settings
import Testing

@testable import Daemon

@Suite struct ConfigurationFileTests {
    private let directory: TemporaryDirectory
    private let file: ConfigurationFile

    init() throws {
        directory = try TemporaryDirectory()
        file = ConfigurationFile(directory.file("homeline.yaml"))
    }

    private var least: String { "# ours\nstate: \(directory.file("state"))\ncountry: CH\nlines:\n  home:\n    trunk: loopback\n" }

    private func mode(_ path: String) throws -> Int { try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) }

    @Test func `a new file is its owner's alone, and one that was there keeps its mode`() throws {
        try file.write(least)
        #expect(try mode(file.path) == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        try file.change([.set(["log", "level"], "debug")])
        #expect(try mode(file.path) == 0o640)
        #expect(try file.text() == least + "\nlog:\n  level: debug\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["homeline.yaml"])
    }

    @Test(arguments: [
        ConfigurationChange.set(["log", "level"], "loud"), .set(["lines", "home", "trunk"], "pigeon"), .set(["lines", "home", "speed"], "9600"),
        .set(["lines", "work", "trunk"], "hilink"), .set(["http", "listen"], "nowhere"), .remove(["country"]),
    ])
    func `what would not hold is refused before it is written`(change: ConfigurationChange) throws {
        try file.write(least)
        #expect(throws: SettingsError.self) { try file.change([.set(["log", "level"], "debug"), change]) }
        #expect(try file.text() == least)
        #expect(!FileManager.default.fileExists(atPath: directory.file("state")))
    }

    @Test func `a link stays a link`() throws {
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: directory.file("real.yaml"))
        try ConfigurationFile(directory.file("real.yaml")).write(least)
        try file.change([.set(["country"], "DE")])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path) == directory.file("real.yaml"))
        #expect(try file.text() == least.replacing("CH", with: "DE"))
    }

    @Test func `a file that is away, or is none, is told with its path`() throws {
        let error = try #require(throws: SettingsError.self) { try file.read() }
        #expect(error.reason.contains(file.path))
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: SettingsError.self) { try file.text() }
    }
}
