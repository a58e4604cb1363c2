import Foundation
import HomelineTesting
import Store
import Testing

@testable import Daemon

@Suite struct SeedBridgeImportTests {
    private static let secret = "4f0c2a7d9e8b1c3d5f60718293a4b5c6"
    private static let whole = """
        FOSSIFY_API_URL=http://10.0.0.2:8080
        FOSSIFY_AUTH_TOKEN=phone-token-0123456789
        BRIDGE_SECRET=\(secret)
        FLASK_HOST=0.0.0.0
        FLASK_PORT=5000
        SMTP_PASSWORD=mail-password
        MONITOR_CHECK_INTERVAL=60
        MMSGATE_TOKEN=t
        WHAT_IS_THIS=value-of-it
        nonsense
        """

    private func imported(_ text: String = whole, in directory: String = "/etc/homeline", listen: String? = nil) throws -> ImportedConfiguration {
        var choices = SeedBridgeImport.Choices()
        choices.listen = listen
        return try SeedBridgeImport(EnvironmentFile(text), choices: choices).configuration(in: directory, apiPassword: "fresh-password-of-20")
    }

    @Test func `every secret goes into a file of its own and none into the configuration`() throws {
        let imported = try imported()
        #expect(imported.secrets.map(\.path) == ["/etc/homeline/phone.token", "/etc/homeline/bridge.secret", "/etc/homeline/voipms.password"])
        #expect(imported.secrets.map(\.content) == ["phone-token-0123456789", Self.secret, "fresh-password-of-20"])
        for secret in imported.secrets.map(\.content) + ["mail-password", "value-of-it"] {
            #expect(!imported.yaml.contains(secret))
            #expect(!imported.remarks.contains { $0.contains(secret) })
        }
        #expect(imported.yaml.contains("url: \"http://10.0.0.2:8080\"") && imported.yaml.contains("listen: \"0.0.0.0:5000\""))
    }

    @Test func `what is not taken over is told by name`() throws {
        let remarks = try imported().remarks
        #expect(remarks.contains { $0.hasPrefix("WHAT_IS_THIS:") })
        #expect(remarks.contains { $0.hasPrefix("MMSGATE_TOKEN:") })
        #expect(remarks.contains { $0.hasPrefix("MONITOR_CHECK_INTERVAL, SMTP_PASSWORD:") })
        #expect(remarks.contains { $0.hasPrefix("Line 10:") })
        #expect(remarks.contains { $0.contains("every address of this machine") })
    }

    @Test(arguments: [
        ("BRIDGE_SECRET", "change-me"), ("BRIDGE_SECRET", "Change-Me"), ("FOSSIFY_AUTH_TOKEN", "change-me"), ("BRIDGE_SECRET", ""), ("BRIDGE_SECRET", "short"),
        ("FOSSIFY_AUTH_TOKEN", "short"), ("FOSSIFY_AUTH_TOKEN", "with a space in it"), ("FOSSIFY_API_URL", ""), ("FOSSIFY_API_URL", "ftp://10.0.0.2"),
        ("FLASK_HOST", "localhost"), ("FLASK_PORT", "0"), ("FLASK_PORT", "70000"),
    ])
    func `what cannot be is refused by its name and without its value`(name: String, value: String) {
        let error = #expect(throws: ImportError.self) { try imported(Self.whole + "\n\(name)=\(value)") }
        #expect(error?.description.hasPrefix(name) == true)
        if value.count > 8, value.lowercased() != "change-me" { #expect(error?.description.contains(value) == false) }
    }

    @Test func `the address can be another while both run`() throws {
        #expect(try imported(listen: "10.0.0.1:5001").yaml.contains("listen: \"10.0.0.1:5001\""))
        #expect(try imported(Self.whole + "\nFLASK_HOST=::1\nFLASK_PORT=5002").yaml.contains("listen: \"[::1]:5002\""))
    }

    /// Needs every kind that the import names.
    @Test(.enabled(if: Catalog.trunks.contains { $0.name == "fossify" } && Catalog.endpoints.contains { $0.name == "voipms" }))
    func `what is written is a configuration that the daemon takes`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("homeline.yaml")
        try ImportFiles.write(try imported(in: directory.path), to: path)
        let yaml = try String(contentsOfFile: path, encoding: .utf8).replacing("/var/lib/homeline", with: directory.file("state"))
        let settings = try DaemonSettings(yaml: yaml)
        _ = try Assembly(settings, ledger: MemoryLedger(), state: StateDirectory(directory.file("state")))
        #expect(settings.lines.map(\.kind) == ["fossify"] && settings.endpoints.map(\.kind) == ["seed-bridge", "voipms"])
        // So it does with what is behind a mark.
        let all = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            ["# open-on:", "# webhook:", "# private:"].contains { line.contains($0) } ? String(line).replacing("# ", with: "") : String(line)
        }
        _ = try Assembly(DaemonSettings(yaml: all.joined(separator: "\n")), ledger: MemoryLedger(), state: StateDirectory(directory.file("state")))
    }

    @Test func `files are for their owner alone, and nothing is written over`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("homeline.yaml")
        let imported = try imported(in: directory.path)
        try ImportFiles.write(imported, to: path)
        for file in imported.secrets.map(\.path) + [path] {
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        }
        #expect(try String(contentsOfFile: directory.file("bridge.secret"), encoding: .utf8) == Self.secret + "\n")
        for kept in ["homeline.yaml", "phone.token", "voipms.password"] {
            let other = try TemporaryDirectory()
            try "mine".write(toFile: other.file(kept), atomically: true, encoding: .utf8)
            #expect(throws: ImportError.self) { try ImportFiles.write(try self.imported(in: other.path), to: other.file("homeline.yaml")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == [kept])
            #expect(try String(contentsOfFile: other.file(kept), encoding: .utf8) == "mine")
        }
    }
}
