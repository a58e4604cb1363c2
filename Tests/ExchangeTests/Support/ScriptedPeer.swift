import Exchange
import Synchronization
import Telephony

/// A trunk or an endpoint that does what a test tells it, attempt by attempt.
final class ScriptedPeer: Sendable {
    struct Attempted: Sendable {
        let claim: Claim
        fileprivate let answer: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var open: [Attempted] = []
        var texts: [String] = []
        var answers: [Outcome]
    }

    private let state: Mutex<State>
    private let signal: WakeSignal

    /// `answers` are given at once, in order; when they are used up an attempt stays open until it is answered by hand.
    init(_ bench: Bench, answers: [Outcome] = []) {
        signal = bench.happenings
        state = Mutex(State(answers: answers))
    }

    @Sendable func perform(_ claim: Claim, _ journal: any SendJournal) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Outcome? in
                    state.texts.append(claim.message.text)
                    if Task.isCancelled { return Self.cutShort }
                    guard state.answers.isEmpty else { return state.answers.removeFirst() }
                    state.open.append(Attempted(claim: claim, answer: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
                signal.ring()
            }
        } onCancel: {
            answer(claim.message.text, Self.cutShort)
        }
    }

    private static let cutShort = Outcome.deferred(Failure(.unreachable, "cancelled"), until: nil)

    /// Texts of all attempts so far, in the order they began.
    var texts: [String] { state.withLock(\.texts) }
    /// Attempts that wait for an answer.
    var open: [Attempted] { state.withLock(\.open) }

    /// Ends the open attempt at `text`; does nothing where there is none.
    func answer(_ text: String, _ outcome: Outcome) {
        let attempted = state.withLock { state -> Attempted? in
            guard let index = state.open.firstIndex(where: { $0.claim.message.text == text }) else { return nil }
            return state.open.remove(at: index)
        }
        attempted?.answer.resume(returning: outcome)
    }
}
