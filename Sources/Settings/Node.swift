/// A parsed configuration value with the line it stands on, whatever syntax it was written in.
public struct Node: Hashable, Sendable {
    public indirect enum Content: Hashable, Sendable {
        case scalar(String)
        case list([Node])
        /// In the order written.
        case section([Entry])
    }

    public struct Entry: Hashable, Sendable {
        public let name: String
        public let value: Node

        public init(name: String, value: Node) {
            self.name = name
            self.value = value
        }
    }

    public let content: Content
    /// Counted from 1; 0 for a default.
    public let line: Int

    public init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
    }
}
