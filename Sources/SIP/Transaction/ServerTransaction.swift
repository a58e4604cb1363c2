import Wire

/// The machine behind a request that came to us: one of the two server transactions of RFC 3261 §17.2.
public enum ServerTransaction: StateMachine {
    case invite(InviteServer)
    case nonInvite(NonInviteServer)

    public enum Event: Hashable, Sendable {
        /// The request: the first one starts the machine, later ones are retransmissions.
        case request
        /// The ACK that matches an INVITE's transaction.
        case acknowledgement
        /// The transaction user's answer.
        case respond(Response)
        /// What was to be sent could not be.
        case transportFailed
    }

    public enum Effect: Hashable, Sendable {
        /// Give the request to the transaction user.
        case deliver
        /// Give the ACK of a success to the transaction user.
        case deliverAcknowledgement
        /// Send 100 Trying on the transaction user's behalf.
        case sendTrying
        /// Send this response and keep its octets.
        case send(Response)
        /// Send the octets sent last, again.
        case resend
        /// Tell the transaction user that its final response may not have arrived.
        case fail(TransactionFailure)
    }

    public typealias TimerName = TransactionTimer

    /// The machine that fits the method. ACK has none of its own: it belongs to its INVITE.
    public init(_ method: Method, over reliability: Reliability, timers: TimerSettings = .standard) {
        self = switch method {
        case .invite: .invite(InviteServer(over: reliability, timers: timers))
        default: .nonInvite(NonInviteServer(over: reliability, timers: timers))
        }
    }

    /// Whether a final response has been given: all the machine does from here on is remember.
    public var isAnswered: Bool {
        switch self {
        case .invite(let machine): machine.isAnswered
        case .nonInvite(let machine): machine.isAnswered
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
