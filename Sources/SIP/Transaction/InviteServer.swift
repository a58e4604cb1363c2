import Wire

/// INVITE server transaction (RFC 3261 §17.2.1 as corrected by RFC 6026 §8.5).
public struct InviteServer: StateMachine {
    public typealias Event = ServerTransaction.Event
    public typealias Effect = ServerTransaction.Effect
    public typealias TimerName = TransactionTimer

    private enum State {
        case idle
        /// Nothing has been sent yet.
        case waiting
        case proceeding
        case accepted
        case completed(interval: Duration)
        case confirmed
        case terminated
    }

    /// The transaction user's time to answer before 100 goes out (RFC 3261 §17.2.1).
    private static let patience = Duration.milliseconds(200)

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
        case .accepted, .completed, .confirmed, .terminated: true
        case .idle, .waiting, .proceeding: false
        }
    }

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch (state, input) {
        case (.idle, .event(.request)):
            state = .waiting
            return [.effect(.deliver), .arm(.trying, after: Self.patience)]
        case (.waiting, .fired(.trying)), (.waiting, .event(.request)):
            state = .proceeding
            return [.disarm(.trying), .effect(.sendTrying)]

        case (.waiting, .event(.respond(let response))):
            return [.disarm(.trying)] + answer(response)
        case (.proceeding, .event(.respond(let response))):
            return answer(response)
        case (.accepted, .event(.respond(let response))):
            // The transaction user repeats its success until the ACK comes.
            return response.status.isSuccess ? [.effect(.send(response))] : []

        case (.proceeding, .event(.request)), (.completed, .event(.request)):
            return [.effect(.resend)]
        case (.completed(let interval), .fired(.g)):
            let next = min(interval * 2, timers.t2)
            state = .completed(interval: next)
            return [.effect(.resend), .arm(.g, after: next)]

        case (.completed, .event(.acknowledgement)):
            return confirm()
        case (.accepted, .event(.acknowledgement)):
            return [.effect(.deliverAcknowledgement)]

        case (.completed, .fired(.h)):
            state = .terminated
            return [.effect(.fail(.timeout)), .finished]
        case (.waiting, .event(.transportFailed)), (.proceeding, .event(.transportFailed)), (.accepted, .event(.transportFailed)):
            return [.effect(.fail(.transport))]
        case (.completed, .event(.transportFailed)):
            state = .terminated
            return [.effect(.fail(.transport)), .finished]

        case (.accepted, .fired(.l)), (.confirmed, .fired(.i)):
            state = .terminated
            return [.finished]

        case (.idle, _), (.waiting, _), (.proceeding, _), (.accepted, _), (.completed, _), (.confirmed, _), (.terminated, _):
            return []
        }
    }

    private mutating func answer(_ response: Response) -> [Output<Effect, TimerName>] {
        if response.status.isProvisional {
            state = .proceeding
            return [.effect(.send(response))]
        }
        if response.status.isSuccess {
            state = .accepted
            return [.effect(.send(response)), .arm(.l, after: timers.lifetime)]
        }
        state = .completed(interval: timers.t1)
        let outputs: [Output<Effect, TimerName>] = [.effect(.send(response)), .arm(.h, after: timers.lifetime)]
        switch reliability {
        case .unreliable: return outputs + [.arm(.g, after: timers.t1)]
        case .reliable: return outputs
        }
    }

    private mutating func confirm() -> [Output<Effect, TimerName>] {
        switch reliability {
        case .unreliable:
            state = .confirmed
            return [.disarm(.g), .disarm(.h), .arm(.i, after: timers.t4)]
        case .reliable:
            state = .terminated
            return [.finished]
        }
    }
}
