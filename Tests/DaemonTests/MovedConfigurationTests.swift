import Foundation
import HomelineTesting
import Settings
import Testing

@testable import Daemon

@Suite struct MovedConfigurationTests {
    /// A restored state directory with files of a configuration in it.
    private func state(_ files: [String]) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        for file in files {
            let path = directory.path + file
            try FileManager.default.createDirectory(at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("secret".utf8).write(to: URL(filePath: path))
        }
        return directory
    }

    @Test func `files of the old state directory, and those that the backup brought, are named where they are`() throws {
        let directory = try state(["/secrets/home-pin", "/configuration/etc/nowhere/key"])
        let text = """
            # mine
            state: /var/lib/elsewhere
            lines:
              home:
                device: /dev/ttyUSB9
                pin-file: /var/lib/elsewhere/secrets/home-pin  # four digits
                token-file: /etc/nowhere/key
            http: {metrics-readers: [/etc/nowhere/key, 127.0.0.1]}

            """
        let moved = try #require(MovedConfiguration(text)).moved(to: "/new/state", filesIn: directory.path)
        let here = BackupContents.absolute(directory.path)
        #expect(moved.contains("state: /new/state\n") && moved.hasPrefix("# mine\n"))
        #expect(moved.contains("pin-file: \(here)/secrets/home-pin  # four digits"))
        #expect(moved.contains("token-file: \(here)/configuration/etc/nowhere/key"))
        #expect(moved.contains("device: /dev/ttyUSB9"))
        #expect(try YAMLDocument.parse(moved)["http", "metrics-readers"]?.meaning == [Node("\(here)/configuration/etc/nowhere/key"), "127.0.0.1"] as Node)
    }

    @Test func `a file that this machine has is used as it is`() throws {
        let here = try state(["/own/key", "/restored/unused"])
        let key = BackupContents.absolute(here.file("own/key")), restored = here.file("restored")
        try FileManager.default.createDirectory(atPath: restored + "/configuration" + here.file("own"), withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: restored + "/configuration" + key))
        let text = "http: {key: \(key)}\n"
        #expect(try #require(MovedConfiguration(text)).moved(to: "/var/lib/homeline", filesIn: restored) == text)
    }

    @Test func `in the same place nothing changes`() throws {
        let text = "country: CH # here\nlines: {}\n"
        #expect(try #require(MovedConfiguration(text)).moved(to: "/var/lib/homeline", filesIn: "/var/lib/homeline") == text)
    }

    @Test(arguments: ["", "- a\n- b\n", "key: [", "name: value\n", "-----BEGIN PRIVATE KEY-----\n"])
    func `other files are no configuration`(text: String) { #expect(MovedConfiguration(text) == nil) }
}
