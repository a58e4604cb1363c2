import Foundation

/// Where the phones outside keep the pictures they receive, for people to look at.
struct PictureAlbum: Sendable {
    let directory: String

    /// Writes the parts; their paths.
    func keep(_ message: PictureMessage) -> [String] {
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return message.parts.enumerated().map { place, part in
            let path = "\(directory)/\(message.id)-\(place + 1)-\(Self.harmless(part.name))"
            try? Data(part.octets).write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    /// A name that stays in its folder.
    private static func harmless(_ name: String) -> String {
        let kept = name.unicodeScalars.prefix(80).map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || ["-", "_", "."].contains(scalar))
            return isPlain ? Character(scalar) : "_"
        }
        return kept.first == "." ? "_" + String(kept.dropFirst()) : String(kept)
    }
}
