import Foundation
import HomelineTesting
import Settings
import Store
import Telephony
import Testing

@testable import Daemon

/// The configuration on each kind's page, as its reader would copy it.
struct PageExampleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let page: String
        let yaml: String
        var testDescription: String { page }
    }

    static let examples = pages + tables

    /// What the tables of the first page show in one line each.
    private static let tables: [Example] = {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.matches(of: /`(?<name>home|app): (?<body>\{[^`]+\})`/).map { found in
            Example(page: "README: \(found.output.body)", yaml: "\(found.output.name == "home" ? "lines" : "endpoints"):\n  \(found.output.name): \(found.output.body)\n")
        }
    }()

    private static let pages: [Example] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardizedFileURL
        let guides = ["away-from-home.md", "backup.md", "certificates.md", "gateways.md", "phones.md", "when-something-is-wrong.md"]
        return ["Trunks", "Endpoints", "../Docs/Guides"].flatMap { folder -> [Example] in
            let pages = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
            return pages.filter { $0.hasSuffix("README.md") || guides.contains($0) }.sorted().flatMap { page -> [Example] in
                let text = (try? String(contentsOf: root.appending(path: "\(folder)/\(page)"), encoding: .utf8)) ?? ""
                return text.components(separatedBy: "```yaml\n").dropFirst().map { rest in
                    Example(page: "\(folder)/\(page)", yaml: rest.components(separatedBy: "```")[0])
                }
            }
        }
    }()

    /// The example with what is not its subject: a state directory, a country, a line; and its secrets in files that are there.
    private static func whole(_ example: Example, in directory: TemporaryDirectory) throws -> String {
        let secret = directory.file("secret")
        try Data("a-secret-of-more-than-sixteen-letter\n".utf8).write(to: URL(fileURLWithPath: secret))
        var yaml = example.yaml.replacing(/(?<key>[a-z-]*(file|secret|password|token|key)): *\/[^ ,}\n]+/) { "\($0.output.key): \(secret)" }
        if !yaml.contains(/(^|\n)state:/) { yaml = "state: \(directory.file("state"))\n" + yaml }
        if !yaml.contains(/(^|\n)country:/) { yaml = "country: US\n" + yaml }
        if !yaml.contains(/(^|\n)http:/) { yaml += "\nhttp:\n  listen: 127.0.0.1:8080\n  public-url: https://sms.example.org\n" }
        if !yaml.contains(/(^|\n)lines:/) { yaml += "\nlines:\n  home:\n    trunk: loopback\n    number: \"+12025550100\"\n" }
        return yaml
    }

    @Test(arguments: examples)
    func `it can be copied`(example: Example) throws {
        let directory = try TemporaryDirectory()
        let settings = try DaemonSettings(yaml: try Self.whole(example, in: directory))
        _ = try Assembly(settings, ledger: MemoryLedger(), state: StateDirectory(directory.file("state")))
    }

    @Test func `every kind is in the first page's tables`() {
        let shown = Self.tables.map(\.yaml).joined()
        for kind in Catalog.trunks.map(\.name) where kind != "loopback" { #expect(shown.contains("{trunk: \(kind),")) }
        for kind in Catalog.endpoints.map(\.name) where kind != "loopback" { #expect(shown.contains(/\{kind: (\S+?)[,}]/) && shown.contains("{kind: \(kind)")) }
    }

    @Test func `every kind has one`() throws {
        let yaml = Self.pages.map(\.yaml).joined(separator: "\n")
        let older: Set<String> = ["modem", "loopback", "softphone", "webhook"]
        for kind in Catalog.trunks.map(\.name) where !older.contains(kind) {
            #expect(yaml.contains("trunk: \(kind)\n"), "no page shows a line with 'trunk: \(kind)'")
        }
        for kind in Catalog.endpoints.map(\.name) where !older.contains(kind) {
            #expect(yaml.contains("kind: \(kind)\n") || yaml.contains("  \(kind):\n"), "no page shows the endpoint '\(kind)'")
        }
    }
}
