import HTTPStack

/// What a kind makes of a section: its ports, and what it serves on the one HTTP listener.
public struct Made<Ports: Sendable>: Sendable {
    public let ports: Ports
    /// A file server for apps, a webhook for phones.
    public let routes: [Operation]

    public init(_ ports: Ports, routes: [Operation] = []) {
        self.ports = ports
        self.routes = routes
    }
}
