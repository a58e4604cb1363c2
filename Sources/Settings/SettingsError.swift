/// What is wrong with a configuration, and on which line.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    public let line: Int
    /// `lines.home.device`
    public let path: String
    public let reason: String

    public init(line: Int, path: String, reason: String) {
        self.line = line
        self.path = path
        self.reason = reason
    }

    public var description: String {
        let place = line > 0 ? "line \(line): " : ""
        return path.isEmpty ? place + reason : "\(place)\(path): \(reason)"
    }
}
