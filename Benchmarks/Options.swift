import Foundation

/// What the command line asks for.
struct Options {
    /// Groups of measurements.
    enum Group: String, CaseIterable {
        case codecs, start, accept, roundtrip, dropin, sip, modem, files, media, pages
    }

    var homeline: String
    var directory: String
    var json: String?
    /// Messages in the ledger of the start that is measured last.
    var ledgerSize: Int?
    var groups = Group.allCases

    static let usage = """
        bench [--json FILE] [--long] [--homeline FILE] [--state DIRECTORY] [--only GROUP ...]
          --json      write the table as JSON too
          --long      start, and the pages, on a ledger of 1,000,000 messages as well
          --homeline  the program to measure; beside this one where left out
          --state     a directory for ledgers, on the disk that matters; beside this program where left out
          --only      \(Group.allCases.map(\.rawValue).joined(separator: ", "))
        """

    init(_ arguments: [String]) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: own).deletingLastPathComponent().path
        homeline = folder + "/homeline"
        directory = folder
        var rest = arguments[...]
        var chosen: [Group] = []
        while let argument = rest.popFirst() {
            switch argument {
            case "--long": ledgerSize = 1_000_000
            case "--json": json = try Self.value(of: argument, &rest)
            case "--homeline": homeline = try Self.value(of: argument, &rest)
            case "--state": directory = try Self.value(of: argument, &rest)
            case "--only":
                let name = try Self.value(of: argument, &rest)
                guard let group = Group(rawValue: name) else { throw BenchError("there is no group \(name)\n\(Self.usage)") }
                chosen.append(group)
            default: throw BenchError(Self.usage)
            }
        }
        if !chosen.isEmpty { groups = chosen }
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws -> String {
        guard let value = rest.popFirst() else { throw BenchError("\(option) wants a value\n\(usage)") }
        return value
    }
}
