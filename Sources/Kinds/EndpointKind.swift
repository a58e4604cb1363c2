import Exchange
import Fitting
import HTTPStack
import Settings
import Telephony

/// A way to reach people: the name of its folder, its configuration key and its documentation page, and how a section becomes ports.
public struct EndpointKind: Sendable {
    public let name: String
    /// One sentence for the example configuration.
    public let summary: String
    /// Whether each device gets its own copy, or there is one in all.
    public let audience: Audience
    public let keys: [KeyDoc]
    public let make: @Sendable (inout Section, EndpointContext) throws -> Made<EndpointPorts>

    public init(
        name: String, summary: String, audience: Audience, keys: [KeyDoc],
        make: @escaping @Sendable (inout Section, EndpointContext) throws -> EndpointPorts
    ) {
        self.init(name: name, summary: summary, audience: audience, keys: keys) { section, context in Made(try make(&section, context)) }
    }

    /// One that also serves something on the HTTP listener.
    public init(
        name: String, summary: String, audience: Audience, keys: [KeyDoc],
        serving make: @escaping @Sendable (inout Section, EndpointContext) throws -> Made<EndpointPorts>
    ) {
        self.name = name
        self.summary = summary
        self.audience = audience
        self.keys = keys
        self.make = make
    }
}

/// What an endpoint is given to work with.
public struct EndpointContext: Sendable {
    public let id: EndpointID
    public let ledger: any Ledger
    public let submissions: Submissions
    /// To be rung when deliveries were made due.
    public let workers: WakeGroup
    public let mint: Mint
    public let pause: Pause
    /// Where the large octets of parts lie.
    public let media: any MediaStore
    /// Other forms of what lies there; nil where none are made.
    public let renditions: Renditions?
    /// Under which the HTTP listener is reached from outside; nil where nobody said.
    public let publicURL: WebURL?
    /// Where the endpoint may keep small files of its own; exists, private to the daemon.
    public let directory: String
    /// How many of the network's connections it may hold at a time.
    public let connections: Int

    public init(
        id: EndpointID, ledger: any Ledger, submissions: Submissions, workers: WakeGroup, mint: Mint, pause: @escaping Pause,
        media: any MediaStore, renditions: Renditions? = nil, publicURL: WebURL? = nil, directory: String, connections: Int = 1024
    ) {
        self.id = id
        self.ledger = ledger
        self.submissions = submissions
        self.workers = workers
        self.mint = mint
        self.pause = pause
        self.media = media
        self.renditions = renditions
        self.publicURL = publicURL
        self.directory = directory
        self.connections = connections
    }
}
