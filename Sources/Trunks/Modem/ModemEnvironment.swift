import Carriers
import Exchange
import Files
import Kinds
import Logging
import Runtime
import Telephony

/// Composes the segments of a claim's message: service centre and SMS-SUBMIT each (TS 27.005 §3.1), in order, the same for every attempt.
/// Throws the failure of a message that cannot leave this way.
public typealias ComposeSegments = @Sendable (Claim) throws(Failure) -> [[UInt8]]

/// What a modem trunk works with.
public struct ModemEnvironment: Sendable {
    public var ports: any SerialPorts
    public var inbox: Inbox
    public var notices: any OwnerNotices
    public var compose: ComposeSegments
    public var refusedPINs: any RefusedSecrets
    /// Makes parts fit the carrier; nil where nothing is to be sent but texts.
    var fitting: PartFitting?
    /// Addresses for files that the carrier does not take; nil where those are refused.
    var links: SharedFiles?
    /// The numbers of the line's country.
    var numbers: NumberPlan?
    /// The carriers that are known, for picture messages.
    public var carriers = CarrierDirectory()
    /// What the data context is brought up with.
    var programs: any Programs = SystemPrograms()
    public var clock: any MonotonicClock
    /// The wall clock.
    public var now: @Sendable () -> Instant
    public var logger: Logger

    public init(
        ports: any SerialPorts, inbox: Inbox, notices: any OwnerNotices, compose: @escaping ComposeSegments, refusedPINs: any RefusedSecrets,
        clock: any MonotonicClock = ContinuousClock(), now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.ports = ports
        self.inbox = inbox
        self.notices = notices
        self.compose = compose
        self.refusedPINs = refusedPINs
        self.clock = clock
        self.now = now
        self.logger = logger
    }
}
