import Foundation

/// The inputs in the repository from which a target starts: findings of old, and what is usual.
enum Seeds {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// In the order of their names, so that the same mutations follow.
    static func of(_ target: String) throws -> [(name: String, octets: [UInt8])] {
        let folder = repository.appending(path: "Tests/Vectors/fuzz/\(target)")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }

    /// The words of a target's dictionary, in libFuzzer's writing: a quoted text a line, `\xHH` for an octet.
    static func words(of target: String) throws -> [[UInt8]] {
        let text = try String(contentsOf: repository.appending(path: "Fuzz/Dictionaries/\(target).dict"), encoding: .utf8)
        return text.split(separator: "\n").map { unescaped($0.dropFirst().dropLast()) }
    }

    private static func unescaped(_ word: Substring) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = Array(word.utf8)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                octets.append(octet)
                continue
            }
            guard next == UInt8(ascii: "x"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                octets.append(next)
                continue
            }
            octets.append(value)
            rest = rest.dropFirst(2)
        }
        return octets
    }
}
