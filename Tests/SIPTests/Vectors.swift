import Foundation

/// Files under Tests/Vectors/sip.
enum Vectors {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/sip")

    static func octets(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: directory.appending(path: path)))
    }

    /// File names without ".sip", sorted.
    static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.appending(path: folder).path)) ?? []
        return names.filter { $0.hasSuffix(".sip") }.map { String($0.dropLast(4)) }.sorted()
    }

    /// Rows of a table: columns parted by " | ", lines of `#` and empty ones left out. `\r`, `\n`, `\0` and `\t` are what they are in Swift.
    static func rows(_ path: String) -> [[String]] {
        guard let octets = try? octets(path) else { return [] }
        return String(decoding: octets, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.components(separatedBy: " | ").map { column in
                var text = column.trimmingCharacters(in: .whitespaces)
                for (escape, meant) in [("\\r", "\r"), ("\\n", "\n"), ("\\0", "\0"), ("\\t", "\t")] {
                    text = text.replacingOccurrences(of: escape, with: meant)
                }
                return text
            }
        }
    }

    /// Every message vector as "folder/name".
    static let messages: [String] = ["torture", "captured"].flatMap { folder in names(in: folder).map { "\(folder)/\($0)" } }
}
