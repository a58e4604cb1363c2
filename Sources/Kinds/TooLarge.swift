import Files
import Settings

/// What becomes of a file that a line cannot be made to take.
public enum TooLarge: Hashable, Sendable {
    case refused
    /// The recipient gets an address in its place, under which we serve it.
    case linked

    public static let key = Key<TooLarge>.choice(
        "too-large", "What becomes of a file that cannot be made small enough for the carrier: 'refuse' it, or send a 'link' under which whoever has it can fetch the file for 90 days. A link needs http.public-url.",
        example: "refuse", ["refuse": .refused, "link": .linked])
}

extension Section {
    /// Where files that the line cannot be made to take are fetched; nil where they are refused. Throws where a link is wanted and there is no
    /// address for it.
    public mutating func links(among files: SharedFiles?) throws(SettingsError) -> SharedFiles? {
        try links(for: try value(TooLarge.key, default: .refused), among: files)
    }

    /// - Parameters:
    ///   - wish: where it was read before.
    ///   - key: of the section in which it stands.
    public func links(for wish: TooLarge, among files: SharedFiles?, key: String = TooLarge.key.name) throws(SettingsError) -> SharedFiles? {
        guard wish == .linked else { return nil }
        guard let files else { throw error(key, "'too-large: link' needs http.public-url: the address under which files are fetched") }
        return files
    }
}
