import Carriers
import HTTPStack
import Telephony

/// A way to bring up the carrier's data context for multimedia messages, and to let it go. One of each line; `SharedBearer` sees to
/// it that it is opened once however many want it.
protocol Bearer: Sendable {
    /// Brings the context up. Leaves nothing behind when it throws.
    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext
    /// Takes down what `open` brought up; nothing when nothing is up.
    func release() async
}

/// A data context that is up.
struct BearerContext: Hashable, Sendable {
    /// The network interface that sockets are bound to; nil for the machine's own route.
    var interface: String?
    /// Our own address on it, where it is known.
    var address: IPAddress?
    /// Length of that address's network prefix in bits, where it is known.
    var prefixLength: Int?
    /// The carrier's resolvers, asked through the interface.
    var resolvers: [IPAddress] = []
}

/// Why there is no data context.
enum BearerError: Error, Hashable, Sendable {
    /// The modem or its SIM is not in service.
    case modemAbsent(String)
    /// The network or the modem refused it: wrong access point, no data plan, no coverage for data.
    case refused(String)
    /// A program or a device that is needed is not there.
    case missing(String)
    case timeout(String)
    /// Something answered what nobody expects.
    case garbled(String)

    /// As the domain knows it; all but what the owner must mend is tried again.
    var failure: Failure {
        switch self {
        case .modemAbsent(let detail): Failure(.unreachable, detail)
        case .refused(let detail): Failure(.unreachable, "no data connection for picture messages: \(detail)")
        case .missing(let detail): Failure(.unreachable, "no data connection for picture messages: \(detail)")
        case .timeout(let detail): Failure(.timeout, "the data connection for picture messages: \(detail)")
        case .garbled(let detail): Failure(.unreachable, "no data connection for picture messages: \(detail)")
        }
    }
}
