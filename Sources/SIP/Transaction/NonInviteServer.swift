import Wire

/// Non-INVITE server transaction (RFC 3261 §17.2.2).
public struct NonInviteServer: StateMachine {
    public typealias Event = ServerTransaction.Event
    public typealias Effect = ServerTransaction.Effect
    public typealias TimerName = TransactionTimer

    private enum State {
        case idle
        case trying
        case proceeding
        case completed
        case terminated
    }

    private var state = State.idle
    private let reliability: Reliability
    private let timers: TimerSettings

    public init(over reliability: Reliability, timers: TimerSettings = .standard) {
        self.reliability = reliability
        self.timers = timers
    }

    /// Whether a final response has been given.
    public var isAnswered: Bool {
        switch state {
        case .completed, .terminated: true
        case .idle, .trying, .proceeding: false
        }
    }

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch (state, input) {
        case (.idle, .event(.request)):
            state = .trying
            return [.effect(.deliver)]

        case (.trying, .event(.respond(let response))), (.proceeding, .event(.respond(let response))):
            if response.status.isProvisional {
                state = .proceeding
                return [.effect(.send(response))]
            }
            return complete(with: response)

        case (.proceeding, .event(.request)), (.completed, .event(.request)):
            return [.effect(.resend)]

        case (.completed, .fired(.j)):
            state = .terminated
            return [.finished]
        case (.trying, .event(.transportFailed)), (.proceeding, .event(.transportFailed)), (.completed, .event(.transportFailed)):
            state = .terminated
            return [.effect(.fail(.transport)), .finished]

        case (.idle, _), (.trying, _), (.proceeding, _), (.completed, _), (.terminated, _):
            return []
        }
    }

    private mutating func complete(with response: Response) -> [Output<Effect, TimerName>] {
        switch reliability {
        case .unreliable:
            state = .completed
            return [.effect(.send(response)), .arm(.j, after: timers.lifetime)]
        case .reliable:
            state = .terminated
            return [.effect(.send(response)), .finished]
        }
    }
}
