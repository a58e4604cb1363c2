import HTTPStack

extension WebURL {
    /// The URL of a path below this one; nil where it becomes too long.
    func below(_ path: String) -> WebURL? {
        let base = description
        return WebURL((base.hasSuffix("/") ? String(base.dropLast()) : base) + path)
    }
}
