/// What an import makes: a configuration, the files with secrets that it names, and what is to be said about it.
public struct ImportedConfiguration: Hashable, Sendable {
    public struct Secret: Hashable, Sendable {
        /// Beside the configuration.
        public let path: String
        public let content: String
    }

    public let yaml: String
    public let secrets: [Secret]
    /// A sentence each: what was not taken over, and what to look at.
    public let remarks: [String]
}

/// Why nothing was imported. Names no secret.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
