import Wire

/// The machine behind a request that we sent: one of the two client transactions of RFC 3261 §17.1.
public enum ClientTransaction: StateMachine {
    case invite(InviteClient)
    case nonInvite(NonInviteClient)

    public enum Event: Hashable, Sendable {
        /// Send it. Comes once, first.
        case start
        /// A response that matches this transaction.
        case response(Response)
        /// What was to be sent could not be.
        case transportFailed
    }

    public enum Effect: Hashable, Sendable {
        /// Send the request, for the first time or again.
        case send
        /// Send the ACK that belongs to this failure (`Request.init(acknowledging:of:)`).
        case acknowledge(Response)
        /// Tell the transaction user.
        case deliver(Response)
        /// Tell the transaction user that no final response will come.
        case fail(TransactionFailure)
    }

    public typealias TimerName = TransactionTimer

    /// The machine that fits the method. ACK has none: it is sent and forgotten.
    public init(_ method: Method, over reliability: Reliability, timers: TimerSettings = .standard) {
        self = switch method {
        case .invite: .invite(InviteClient(over: reliability, timers: timers))
        default: .nonInvite(NonInviteClient(over: reliability, timers: timers))
        }
    }

    public mutating func handle(_ input: Input<Event, TransactionTimer>) -> [Output<Effect, TransactionTimer>] {
        switch self {
        case .invite(var machine):
            defer { self = .invite(machine) }
            return machine.handle(input)
        case .nonInvite(var machine):
            defer { self = .nonInvite(machine) }
            return machine.handle(input)
        }
    }
}
