import Exchange
import HomelineTesting
import Synchronization

/// The plug of a process: it is pulled at the nth step, and from there nothing of that process has any effect.
///
/// A step is a place where dying matters: before and after each call of the ledger that changes something, and wherever a peer passes
/// one. They are counted as they come, so what is added later is covered by itself.
final class Plug: Sendable {
    struct Pulled: Error {}

    private let state = Mutex<(steps: Int, last: String?)>((0, nil))
    private let point: Int
    private let signal: WakeSignal

    /// `point` is the step to die at, from 1; `signal` is rung at every step.
    init(at point: Int, ringing signal: WakeSignal) {
        self.point = point
        self.signal = signal
    }

    var isPulled: Bool { last != nil }
    /// The step it died at.
    var last: String? { state.withLock(\.last) }

    /// Lives through a step, or dies at it.
    func pass(_ step: String) throws(Pulled) {
        defer { signal.ring() }
        let isAlive = state.withLock { state in
            guard state.last == nil else { return false }
            state.steps += 1
            if state.steps == point { state.last = "\(state.steps), \(step)" }
            return state.last == nil
        }
        guard isAlive else { throw Pulled() }
    }
}

/// The ledger of a process with a plug. Reads pass as long as the process lives.
struct Socket: LedgerInterceptor {
    let ledger: any Ledger
    let plug: Plug

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        guard !plug.isPulled else { throw Crash.error }
        guard LedgerCall.writing.contains(call) else { return try await body(ledger) }
        do { try plug.pass("before \(call)") } catch { throw Crash.error }
        let value = try await body(ledger)
        do { try plug.pass("after \(call)") } catch { throw Crash.error }
        return value
    }
}
