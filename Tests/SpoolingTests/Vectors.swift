import Foundation

/// Files of `Vectors/spool`.
enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/spool")

    static func octets(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    static func all(_ program: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: program).path).sorted().map { try octets("\(program)/\($0)") }
    }
}
