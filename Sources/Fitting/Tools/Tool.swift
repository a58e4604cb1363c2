/// A program of the system, by its whole path.
public struct Tool: Hashable, Sendable {
    public let path: String

    public init(path: String) { self.path = path }
}
