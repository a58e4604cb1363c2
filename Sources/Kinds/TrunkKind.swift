import Exchange
import Files
import Fitting
import HTTPStack
import Settings
import Telephony

/// A trunk technology: the name of its folder, its configuration key and its documentation page, and how a line's section becomes ports.
public struct TrunkKind: Sendable {
    public let name: String
    /// One sentence for the example configuration.
    public let summary: String
    public let keys: [KeyDoc]
    /// What one transmission over a line with this section can be, beside a text to one party.
    public let carries: @Sendable (Section) -> Carriage
    public let make: @Sendable (inout Section, TrunkContext) throws -> Made<TrunkPorts>

    public init(
        name: String, summary: String, keys: [KeyDoc], carries: @escaping @Sendable (Section) -> Carriage = { _ in [] },
        make: @escaping @Sendable (inout Section, TrunkContext) throws -> TrunkPorts
    ) {
        self.init(name: name, summary: summary, keys: keys, carries: carries) { section, context in Made(try make(&section, context)) }
    }

    /// One that also serves something on the HTTP listener.
    public init(
        name: String, summary: String, keys: [KeyDoc], carries: @escaping @Sendable (Section) -> Carriage = { _ in [] },
        serving make: @escaping @Sendable (inout Section, TrunkContext) throws -> Made<TrunkPorts>
    ) {
        self.name = name
        self.summary = summary
        self.keys = keys
        self.carries = carries
        self.make = make
    }
}

/// What a trunk is given to work with.
public struct TrunkContext: Sendable {
    public let line: LineID
    /// The line's home country, ISO 3166 alpha-2.
    public let country: String
    public let inbox: Inbox
    public let notices: any OwnerNotices
    public let mint: Mint
    public let pause: Pause
    /// Where the large octets of parts lie.
    public let media: any MediaStore
    /// Makes parts fit what carriers take.
    public let fitter: Fitter
    /// Addresses for files of messages; nil where there is no public URL.
    public let files: SharedFiles?
    /// Under which the HTTP listener is reached from outside; nil where nobody said.
    public let publicURL: WebURL?
    /// Where the trunk may keep small files of its own; exists, private to the daemon.
    public let directory: String

    public init(
        line: LineID, country: String, inbox: Inbox, notices: any OwnerNotices, mint: Mint, pause: @escaping Pause,
        media: any MediaStore, fitter: Fitter, files: SharedFiles? = nil, publicURL: WebURL? = nil, directory: String
    ) {
        self.line = line
        self.country = country
        self.inbox = inbox
        self.notices = notices
        self.mint = mint
        self.pause = pause
        self.media = media
        self.fitter = fitter
        self.files = files
        self.publicURL = publicURL
        self.directory = directory
    }
}
