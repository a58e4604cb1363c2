import Foundation
import HomelineTesting
import Testing

@testable import Daemon

@Suite struct DaemonLifeTests {
    private static let earlier = "http:\n  listen: 127.0.0.1:8080\n", other = "http:\n  listen: 127.0.0.1:8081\n"

    @Test func `a configuration that could not begin is taken back, and lies beside the file`() throws {
        let directory = try TemporaryDirectory()
        let file = ConfigurationFile(directory.file("homeline.yaml"))
        try file.write(Self.other)
        let life = DaemonLife(file, running: try file.read())
        #expect(life.takeBack(to: try ProvenConfiguration(Self.earlier), because: "the port is taken") == nil)
        #expect(life.running.text == Self.earlier && life.lastRefusal == "the port is taken" && !life.isChanged)
        #expect(try ConfigurationFile(file.path + ".refused").text() == Self.other)
    }

    /// A configuration that an administrator keeps where the daemon may not write.
    @Test func `where the file cannot be written, what is begun with is that of before all the same`() throws {
        let directory = try TemporaryDirectory()
        let life = DaemonLife(ConfigurationFile(directory.file("gone/homeline.yaml")), running: try ProvenConfiguration(Self.other))
        #expect(life.takeBack(to: try ProvenConfiguration(Self.earlier), because: "the port is taken") != nil)
        #expect(life.running.text == Self.earlier && life.lastRefusal == "the port is taken")
    }
}
