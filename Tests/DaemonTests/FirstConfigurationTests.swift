import Foundation
import HomelineTesting
import Testing

@testable import Daemon

@Suite struct FirstConfigurationTests {
    @Test func `it is a whole configuration, its owner's alone, with the pages on this machine`() async throws {
        let directory = try TemporaryDirectory()
        let file = ConfigurationFile(directory.file("deep/er/homeline.yaml"))
        try await FirstConfiguration.begin(file, state: directory.file("the state"))
        let settings = try file.read().settings
        #expect(settings.lines.isEmpty && settings.stateDirectory == directory.file("the state"))
        #expect(settings.http.listen?.hasPrefix("127.0.0.1:") == true)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
    }

    @Test func `steps of the first run keep its remarks`() throws {
        var text = ConfigurationText(FirstConfiguration.text(state: "/s", port: 8081))
        try text.apply(.set(["country"], "CH"))
        try text.apply(.set(["lines", "home"], ["trunk": "loopback"]))
        try text.apply(.set(["http", "console"], "open"))
        #expect(text.text.hasPrefix("# Homeline. The pages change this file"))
        #expect(try DaemonSettings(yaml: text.text).lines.map(\.id) == ["home"])
    }
}
