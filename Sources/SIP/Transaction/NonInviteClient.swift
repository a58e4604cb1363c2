import Wire

/// Non-INVITE client transaction (RFC 3261 §17.1.2).
public struct NonInviteClient: StateMachine {
    public typealias Event = ClientTransaction.Event
    public typealias Effect = ClientTransaction.Effect
    public typealias TimerName = TransactionTimer

    private enum State {
        case idle
        case trying(interval: Duration)
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

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch (state, input) {
        case (.idle, .event(.start)):
            state = .trying(interval: timers.t1)
            return [.effect(.send), .arm(.f, after: timers.lifetime)] + retransmission(after: timers.t1)

        case (.trying(let interval), .fired(.e)):
            let next = min(interval * 2, timers.t2)
            state = .trying(interval: next)
            return [.effect(.send), .arm(.e, after: next)]
        case (.proceeding, .fired(.e)):
            return [.effect(.send), .arm(.e, after: timers.t2)]

        case (.trying, .event(.response(let response))), (.proceeding, .event(.response(let response))):
            if response.status.isProvisional {
                state = .proceeding
                return [.effect(.deliver(response))]
            }
            return complete(with: response)

        case (.trying, .fired(.f)), (.proceeding, .fired(.f)):
            state = .terminated
            return [.effect(.fail(.timeout)), .finished]
        case (.trying, .event(.transportFailed)), (.proceeding, .event(.transportFailed)):
            state = .terminated
            return [.effect(.fail(.transport)), .finished]

        case (.completed, .fired(.k)):
            state = .terminated
            return [.finished]

        case (.idle, _), (.trying, _), (.proceeding, _), (.completed, _), (.terminated, _):
            return []
        }
    }

    private mutating func complete(with response: Response) -> [Output<Effect, TimerName>] {
        switch reliability {
        case .unreliable:
            state = .completed
            return [.disarm(.e), .disarm(.f), .effect(.deliver(response)), .arm(.k, after: timers.t4)]
        case .reliable:
            state = .terminated
            return [.effect(.deliver(response)), .finished]
        }
    }

    private func retransmission(after interval: Duration) -> [Output<Effect, TimerName>] {
        switch reliability {
        case .unreliable: [.arm(.e, after: interval)]
        case .reliable: []
        }
    }
}
