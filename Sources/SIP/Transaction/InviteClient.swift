import Wire

/// INVITE client transaction (RFC 3261 §17.1.1 as corrected by RFC 6026 §8.4).
public struct InviteClient: StateMachine {
    public typealias Event = ClientTransaction.Event
    public typealias Effect = ClientTransaction.Effect
    public typealias TimerName = TransactionTimer

    private enum State {
        case idle
        case calling(interval: Duration)
        case proceeding
        case accepted
        case completed
        case terminated
    }

    /// Timer D on UDP: no shorter than this (RFC 3261 §17.1.1.2).
    private static let shortestD = Duration.seconds(32)

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
            state = .calling(interval: timers.t1)
            return [.effect(.send), .arm(.b, after: timers.lifetime)] + retransmission(after: timers.t1)

        case (.calling(let interval), .fired(.a)):
            state = .calling(interval: interval * 2)
            return [.effect(.send), .arm(.a, after: interval * 2)]

        case (.calling, .event(.response(let response))), (.proceeding, .event(.response(let response))):
            return [.disarm(.a), .disarm(.b)] + proceed(with: response)

        case (.accepted, .event(.response(let response))):
            // Retransmitted or forked: the transaction user acknowledges each.
            return response.status.isSuccess ? [.effect(.deliver(response))] : []
        case (.completed, .event(.response(let response))):
            return response.status.isFinal && !response.status.isSuccess ? [.effect(.acknowledge(response))] : []

        case (.calling, .fired(.b)):
            state = .terminated
            return [.effect(.fail(.timeout)), .finished]
        case (.calling, .event(.transportFailed)), (.proceeding, .event(.transportFailed)), (.completed, .event(.transportFailed)):
            state = .terminated
            return [.effect(.fail(.transport)), .finished]

        case (.accepted, .fired(.m)), (.completed, .fired(.d)):
            state = .terminated
            return [.finished]

        case (.idle, _), (.calling, _), (.proceeding, _), (.accepted, _), (.completed, _), (.terminated, _):
            return []
        }
    }

    private mutating func proceed(with response: Response) -> [Output<Effect, TimerName>] {
        if response.status.isProvisional {
            state = .proceeding
            return [.effect(.deliver(response))]
        }
        if response.status.isSuccess {
            state = .accepted
            return [.effect(.deliver(response)), .arm(.m, after: timers.lifetime)]
        }
        switch reliability {
        case .unreliable:
            state = .completed
            return [.effect(.acknowledge(response)), .effect(.deliver(response)), .arm(.d, after: max(Self.shortestD, timers.lifetime))]
        case .reliable:
            state = .terminated
            return [.effect(.acknowledge(response)), .effect(.deliver(response)), .finished]
        }
    }

    private func retransmission(after interval: Duration) -> [Output<Effect, TimerName>] {
        switch reliability {
        case .unreliable: [.arm(.a, after: interval)]
        case .reliable: []
        }
    }
}
