import Telephony

/// Multimedia messages over the carrier's own data bearer (MM1; 3GPP TS 23.140 §6.2, OMA-TS-MMS_ENC).
///
/// The trunk brings the bearer up on demand, moves PDUs over HTTP and lets the bearer go when it is idle. It reads none of what it fetches.
public protocol MultimediaTrunk: Sendable {
    /// Fetches what a notification announced. When the task is cancelled the answer is awaited no longer.
    func retrieve(_ announcement: Announcement) async -> RetrievalOutcome

    /// Tells the MMSC what became of an announced message. Nil when it took that; else why not, and it may be told again:
    /// the MMSC then only announces the message once more.
    func acknowledge(_ announcement: Announcement, _ acknowledgement: RetrievalAcknowledgement) async -> Failure?

    /// What the carrier takes in one message.
    var limits: MultimediaLimits { get async }
}

public enum RetrievalOutcome: Hashable, Sendable {
    /// The M-Retrieve.conf, undecoded.
    case retrieved([UInt8])
    /// The MMSC has it no longer.
    case gone(Failure)
    /// Try again, at the earliest then; nil leaves that to the caller's policy.
    case deferred(Failure, until: Instant?)
    /// Never in this way.
    case failed(Failure)
}

/// How a notification or a retrieval is answered (OMA-TS-MMS_ENC §6.2, §6.4).
public enum RetrievalAcknowledgement: Hashable, Sendable {
    /// M-NotifyResp.ind with the notification's transaction: fetched at once.
    case retrieved
    /// M-NotifyResp.ind: will be fetched later.
    case deferred
    /// M-NotifyResp.ind: not wanted.
    case rejected
    /// M-Acknowledge.ind with the transaction of the M-Retrieve.conf: fetched after having been deferred.
    case acknowledged(transaction: String)
}

/// What a carrier takes in one multimedia message.
public struct MultimediaLimits: Hashable, Sendable {
    /// Octets of the whole PDU.
    public var size: Int
    /// Pixels of an image's longer and shorter side.
    public var imageWidth: Int
    public var imageHeight: Int
    public var recipients: Int

    public init(size: Int, imageWidth: Int, imageHeight: Int, recipients: Int) {
        self.size = size
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
        self.recipients = recipients
    }

    /// What every carrier takes: OMA-TS-MMS-CONF class "image rich" is 100 kB, and carriers have taken three times that for years.
    public static let cautious = MultimediaLimits(size: 300 * 1024, imageWidth: 1600, imageHeight: 1200, recipients: 10)
}
