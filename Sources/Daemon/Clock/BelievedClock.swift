import CClock
import Exchange
import Glibc
import Runtime
import Synchronization
import Telephony

/// Knows whether the clock is to be believed, over restarts.
final class BelievedClock: Sendable {
    /// What one look came to.
    struct Verdict: Hashable, Sendable {
        let isBelieved: Bool
        /// Whether the look before it came to something else. Where nothing was known, nothing is to be forgotten, and nothing told.
        let isNews: Bool
    }

    private struct State {
        var belief: ClockBelief
        var written: Instant?
        var wasBelieved = true
    }

    private let look: @Sendable () -> ClockBelief.Look
    private let write: @Sendable (Instant) -> Void
    private let state: Mutex<State>

    /// How far what is written down may be behind.
    static let slack: Duration = .seconds(86_400)

    /// - Parameters:
    ///   - known: what was written down, or else what was recorded last.
    ///   - write: keeps the time for the next process.
    init(known: Instant?, look: @escaping @Sendable () -> ClockBelief.Look, write: @escaping @Sendable (Instant) -> Void) {
        self.look = look
        self.write = write
        let belief = ClockBelief(known: known)
        // Written at once: the next process may find what this one recorded by a wrong clock.
        state = Mutex(State(belief: belief, written: belief.known))
        if let known = belief.known { write(known) }
    }

    func verdict() -> Verdict {
        let look = look()
        let (verdict, fresh) = state.withLock { state in
            let (wasKnown, wasBelieved) = (state.belief.known != nil, state.wasBelieved)
            state.wasBelieved = state.belief.believes(look)
            let verdict = Verdict(isBelieved: state.wasBelieved, isNews: wasKnown && state.wasBelieved != wasBelieved)
            return (verdict, Self.fresh(&state))
        }
        if let fresh { write(fresh) }
        return verdict
    }

    /// What is to be written down, where it is not yet.
    private static func fresh(_ state: inout State) -> Instant? {
        guard let known = state.belief.known else { return nil }
        if let written = state.written, written <= known, known - written < slack { return nil }
        state.written = known
        return known
    }
}

extension BelievedClock {
    /// The machine's, with its note in the state directory. Made before anything is recorded by this process.
    static func system(
        _ state: StateDirectory, ledger: any MessageLedger, clock: any WallClock, uptime: @escaping @Sendable () -> Duration = SteadyClock.uptime,
        isSynchronised: @escaping @Sendable () -> Bool = { isSynchronised }
    ) async -> BelievedClock {
        let folder = Folder(state.path)
        let noted = (try? folder.read(noteName, limit: 64)).flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.map(Instant.init(milliseconds:))
        let known = if let noted { noted } else { await newestEntry(of: ledger) }
        return BelievedClock(
            known: known,
            look: { ClockBelief.Look(now: clock.now(), uptime: uptime(), isSynchronised: isSynchronised()) },
            // Without the note the next process begins with what was recorded last.
            write: { try? folder.write(noteName, Array("\($0.milliseconds)".utf8)) })
    }

    private static let noteName = "clock"

    /// The entry that has the last number may be forgotten, and of a restored ledger none has it: then what the newest message says.
    private static func newestEntry(of ledger: any MessageLedger) async -> Instant? {
        guard let last = try? await ledger.lastEntry(), last > 0 else { return nil }
        if let newest = try? await ledger.entries(after: last - 1, limit: 1).last { return newest.at }
        return try? await ledger.conversations(limit: 1, lines: nil).first?.last.message.recordedAt
    }

    /// systemd's own client leaves a file at each boot; of any other the kernel knows, where a unit's ProtectClock does not forbid to ask it.
    static var isSynchronised: Bool { access("/run/systemd/timesync/synchronized", F_OK) == 0 || cclock_is_synchronised() == 1 }
}
