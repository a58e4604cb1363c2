import Carriers
import Exchange
import HTTPStack
import Kinds
import Logging
import Telephony

/// What a router trunk works with.
struct HiLinkEnvironment: Sendable {
    var client: any WebClient
    var inbox: Inbox
    var notices: any OwnerNotices
    /// The numbers of the line's country.
    var numbers: NumberPlan
    var refused: any RefusedSecrets
    var carriers = CarrierDirectory()
    /// Asks a server for a picture message; only hosts that are named here may be in a private network.
    var fetch: @Sendable (OutgoingRequest, _ named: Set<String>) async throws(Failure) -> OutgoingAnswer
    var now: @Sendable () -> Instant
    var pause: Pause
    /// 64 hexadecimal digits, another each time.
    var nonce: @Sendable () -> String
    var logger: Logger
}
