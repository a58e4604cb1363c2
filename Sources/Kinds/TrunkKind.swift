import Exchange
import Settings
import Telephony

/// A trunk technology: the name of its folder, its configuration key and its documentation page, and how a line's section becomes ports.
public struct TrunkKind: Sendable {
    public let name: String
    /// One sentence for the example configuration.
    public let summary: String
    public let keys: [KeyDoc]
    public let make: @Sendable (inout Section, TrunkContext) throws -> TrunkPorts

    public init(
        name: String, summary: String, keys: [KeyDoc], make: @escaping @Sendable (inout Section, TrunkContext) throws -> TrunkPorts
    ) {
        self.name = name
        self.summary = summary
        self.keys = keys
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
    /// Where the trunk may keep small files of its own; exists, private to the daemon.
    public let directory: String

    public init(
        line: LineID, country: String, inbox: Inbox, notices: any OwnerNotices, mint: Mint, pause: @escaping Pause, directory: String
    ) {
        self.line = line
        self.country = country
        self.inbox = inbox
        self.notices = notices
        self.mint = mint
        self.pause = pause
        self.directory = directory
    }
}
