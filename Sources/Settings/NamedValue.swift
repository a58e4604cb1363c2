/// A single value under a name that the writer of the configuration chose.
public struct NamedValue: Hashable, Sendable {
    public let name: String
    public let text: String
    public let line: Int
    /// `lines.home.headers.X-Key`
    public let path: String

    /// An error about it, at its line.
    public func error(_ reason: String) -> SettingsError { SettingsError(line: line, path: path, reason: reason) }
}
