import Telephony

/// Goes on from a backup, on a machine where nothing is set up yet; given by the daemon.
public protocol Restoration: Sendable {
    /// Octets of a backup that was brought and waits for its passphrase; nil where none is.
    var waiting: Int? { get }
    /// Makes room for a backup that a browser brings.
    ///
    /// - Parameter octets: how many are announced; nil where nobody said.
    func receive(_ octets: Int?) throws(RestoreRefusal) -> any IncomingBackup
    /// Unpacks the backup that waits and looks at all of it, beside what is there; then has the daemon begin anew with it. Where it throws, nothing
    /// has changed.
    ///
    /// - Parameter place: where the request came from, for the audit log.
    func restore(passphrase: String, askedFrom place: String) async throws(RestoreRefusal) -> RestoredHouse
}

/// A backup on its way from a browser. Gone again where it is not kept.
public protocol IncomingBackup: Sendable {
    func take(_ octets: [UInt8]) async throws(RestoreRefusal)
    /// It is whole, and waits for its passphrase from now on, in the place of one that waited before.
    func keep() async throws(RestoreRefusal)
}

/// Why nothing is restored.
public enum RestoreRefusal: Error, Hashable, Sendable {
    case wrongPassphrase
    case noRoom
    /// No file was brought.
    case noFile
    /// What is wrong with the file, in a sentence.
    case file(String)
}

/// What was restored, before the daemon begins with it.
public struct RestoredHouse: Hashable, Sendable {
    /// Where its pages will be.
    public enum Door: Hashable, Sendable {
        /// Where the browser is now.
        case same
        /// The scheme and authority of a URL.
        case other(String)
        /// Its settings show no pages.
        case none
    }

    public let madeAt: Instant
    public let messages: Int
    public let files: Int
    /// Texts that may have left since the backup was made.
    public let inDoubt: Int
    /// Messages whose time has come since then, and which wait for their writers.
    public let scheduled: Int
    /// What is wrong with it, a sentence each.
    public let faults: [String]
    public let door: Door
    /// Why its settings cannot be used on this machine; nil where they are.
    public let settingsRefusal: String?

    public init(
        madeAt: Instant, messages: Int, files: Int, inDoubt: Int = 0, scheduled: Int = 0, faults: [String] = [], door: Door = .same,
        settingsRefusal: String? = nil
    ) {
        self.madeAt = madeAt
        self.messages = messages
        self.files = files
        self.inDoubt = inDoubt
        self.scheduled = scheduled
        self.faults = faults
        self.door = door
        self.settingsRefusal = settingsRefusal
    }
}
