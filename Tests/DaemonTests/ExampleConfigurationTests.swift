import Foundation
import HomelineTesting
import Settings
import Store
import Testing

@testable import Daemon

/// The configuration as it is printed for people: it must work as it stands, and so must whatever they take from behind a `#`.
@Suite struct ExampleConfigurationTests {
    static let lines = ExampleConfiguration.text(trunks: Catalog.trunks, endpoints: Catalog.endpoints).split(separator: "\n").map(ExampleLine.init)
    /// The places of keys that may be left out.
    static let optional = lines.indices.filter { lines[$0].role == .optional }

    /// The keys of the section that names the certificates' authority.
    static let authority: Range<Int> = {
        let begin = lines.firstIndex { $0.name == "certificates" } ?? 0, end = lines[begin...].firstIndex { $0.name == "http" } ?? begin
        return begin..<end
    }()

    @Test func `the example as printed is a configuration`() throws {
        try decode(Self.lines.map(\.text))
    }

    @Test func `so it is with every kind there is`() throws {
        try decode(Self.lines.map { $0.role == .frame ? $0.uncommented : $0.text })
    }

    @Test func `so it is with every key there is`() throws {
        try decode(Self.lines.map(\.uncommented))
        #expect(Self.optional.count > 20)
    }

    @Test(arguments: optional)
    func `so it is with any one key taken from behind its mark`(place: Int) throws {
        // A certificate and its key come near each other, and only together; so do an alert's webhook and its secret, a backup's folder and passphrase; an authority wants to know
        // several things.
        let isAlert = Self.lines[..<place].contains { $0.name == "alerts" && $0.role == .frame }
        let pair: [String: Int] = isAlert ? ["webhook": 2, "webhook-secret-file": -2] : ["certificate": 2, "key": -2, "folder": 2, "passphrase-file": -2]
        let isOfAuthority = Self.authority.contains(place)
        let wanted = isOfAuthority ? Set(Self.authority) : [place, pair[Self.lines[place].name].map { place + $0 } ?? place]
        try decode(
            Self.lines.indices.map { index in
                let line = Self.lines[index]
                return line.role == .frame || wanted.contains(index) ? line.uncommented : line.text
            })
    }

    @Test(arguments: optional)
    func `a key that is misspelt is refused on its line`(place: Int) throws {
        var lines = Self.lines.map { $0.role == .frame ? $0.uncommented : $0.text }
        lines[place] = Self.lines[place].uncommented.replacing("\(Self.lines[place].name):", with: "\(Self.lines[place].name)x:")
        do {
            try decode(lines)
            Issue.record("it was taken")
        } catch let error as SettingsError {
            #expect(error.line == place + 1)
            #expect(error.path.hasSuffix("\(Self.lines[place].name)x"))
            #expect(error.reason.hasPrefix("unknown key"))
        }
    }

    /// Reads a configuration as `homeline check` does, with files of our own in the place of the example's.
    private func decode(_ lines: [String]) throws {
        let directory = try TemporaryDirectory()
        var yaml = lines.joined(separator: "\n")
        // Whatever file with a secret an example names is there; a PIN has digits only.
        for path in Set(yaml.matches(of: /\/etc\/homeline\/[a-z-]+\.[a-z-]+/).map { String($0.output) }).sorted(by: >) {
            let file = directory.file(String(path.split(separator: "/").last ?? ""))
            try (path.hasSuffix(".pin") ? "1234\n" : "a-secret-of-more-than-sixteen-characters\n").write(toFile: file, atomically: true, encoding: .utf8)
            yaml.replace(path, with: file)
        }
        _ = try Assembly(DaemonSettings(yaml: yaml), ledger: MemoryLedger(), state: StateDirectory(directory.file("state")))
    }
}

/// One line of the example.
struct ExampleLine: Sendable {
    enum Role: Sendable {
        /// Words, or a key that stands already.
        case fixed
        /// A section or a required key of a section that may be left out as a whole.
        case frame
        /// A key that may be left out.
        case optional
    }

    let text: String
    /// Without its mark, where it is a key behind one.
    let uncommented: String
    let name: String
    let role: Role

    private static let sections: Set = ["certificates", "http", "log", "lifetimes", "media", "backup", "alerts"]
    /// Sections within a line's or an endpoint's.
    private static let nested = Set((Catalog.trunks.flatMap(\.keys) + Catalog.endpoints.flatMap(\.keys) + CertificateSettings.keys).flatMap(\.flat).filter { !$0.keys.isEmpty }.map(\.name))
    /// All that can stand before a colon; a sentence can have one too.
    private static let known: Set<String> = {
        let kinds = Catalog.trunks.map(\.name) + Catalog.endpoints.map(\.name)
        let keys = Catalog.trunks.flatMap(\.keys) + Catalog.endpoints.flatMap(\.keys) + CertificateSettings.keys + HTTPSettings.keys + LogSettings.keys + LifetimeSettings.keys + MediaSettings.keys + BackupSettings.keys + AlertSettings.keys
        return sections.union(kinds).union(keys.flatMap(\.flat).map(\.name)).union(["state", "country", "trunk", "number", "kind", "lines"])
    }()

    init(_ line: Substring) {
        text = String(line)
        let margin = line.prefix { $0 == " " }
        let rest = line.dropFirst(margin.count + 1)
        let inset = rest.prefix { $0 == " " }
        let key = rest.dropFirst(inset.count)
        name = String(key.prefix { $0 != ":" })
        guard line.dropFirst(margin.count).first == "#", key.contains(":"), Self.known.contains(name) else {
            uncommented = text
            role = .fixed
            return
        }
        // `# key:` stands where the key would, `#  key:` the mark's width before.
        uncommented = "\(margin)\(inset.count > 1 ? inset : "")\(key)"
        role = inset.count != 1 || Self.nested.contains(name) || margin.isEmpty && Self.sections.contains(name) ? .frame : .optional
    }
}
