import Certificates
import Exchange
import Files
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
    /// Whom a section has told of the lines that it serves, where the audience is `receivers`.
    public let receivers: @Sendable (Section, [LineID]) throws -> [Receiver]
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
        receivers: @escaping @Sendable (Section, [LineID]) throws -> [Receiver] = { _, _ in [] },
        serving make: @escaping @Sendable (inout Section, EndpointContext) throws -> Made<EndpointPorts>
    ) {
        self.name = name
        self.summary = summary
        self.audience = audience
        self.keys = keys
        self.receivers = receivers
        self.make = make
    }
}

/// What an endpoint is given to work with.
public struct EndpointContext: Sendable {
    public let id: EndpointID
    /// The lines it serves, in the order of the settings.
    public let lines: [ServedLine]
    public let ledger: any Ledger
    public let submissions: Submissions
    /// To be rung when deliveries were made due.
    public let workers: WakeGroup
    public let mint: Mint
    public let pause: Pause
    /// Where the large octets of parts lie.
    public let media: any MediaStore
    /// Addresses for files of messages; nil where there is no public URL.
    public let files: SharedFiles?
    /// Under which the HTTP listener is reached from outside; nil where nobody said.
    public let publicURL: WebURL?
    /// Where the endpoint may keep small files of its own; exists, private to the daemon.
    public let directory: String
    /// How many of the network's connections it may hold at a time.
    public let connections: Int
    /// The house's own certificate, for TLS where the section names none; nil where there is none for all.
    public let certificate: CertificateFiles?
    /// The address books of persons; nil where there are none.
    public let contacts: (any ContactBook)?

    public init(
        id: EndpointID, lines: [ServedLine] = [], ledger: any Ledger, submissions: Submissions, workers: WakeGroup, mint: Mint, pause: @escaping Pause,
        media: any MediaStore, files: SharedFiles? = nil, publicURL: WebURL? = nil, directory: String, connections: Int = 1024,
        certificate: CertificateFiles? = nil,
        contacts: (any ContactBook)? = nil
    ) {
        self.id = id
        self.lines = lines
        self.ledger = ledger
        self.submissions = submissions
        self.workers = workers
        self.mint = mint
        self.pause = pause
        self.media = media
        self.files = files
        self.publicURL = publicURL
        self.directory = directory
        self.connections = connections
        self.certificate = certificate
        self.contacts = contacts
    }
}
