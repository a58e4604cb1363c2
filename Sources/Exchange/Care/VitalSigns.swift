import Synchronization
import Telephony

/// Looks at every part of the house again and again, so that it is known since when each is as it is; keeps how strong the signals of lines are.
public final class VitalSigns: Service {
    private let look: @Sendable () async -> [Vital]
    private let ledger: any SignalLedger
    private let mint: Mint
    private let pause: Pause
    private let state = Mutex(State())

    private struct State {
        var standings = Standings()
        var sampled: [LineID: Instant] = [:]
    }

    static let interval: Duration = .seconds(10)
    /// How often a signal is written down, and how long it is kept.
    static let sampleEvery: Duration = .seconds(300)
    public static let samplesKept: Duration = .seconds(7 * 86400)

    /// - Parameter look: every part as it is now.
    public init(ledger: any SignalLedger, mint: Mint, pause: @escaping Pause, look: @escaping @Sendable () async -> [Vital]) {
        self.ledger = ledger
        self.mint = mint
        self.pause = pause
        self.look = look
    }

    public func run() async throws {
        while !Task.isCancelled {
            _ = await now()
            do { try await pause(Self.interval) } catch { return }
        }
    }

    /// Looks at once.
    public func now() async -> [Standing] {
        let vitals = await look(), now = mint.now()
        let standings = state.withLock { state in
            state.standings.note(vitals, at: now)
            return state.standings.all
        }
        for vital in vitals where vital.place.kind == .line { await sample(vital, now) }
        return standings
    }

    /// A line that is being set up while the clock is set on by a night has not been without service since yesterday.
    public func clockWasSet(by step: Duration) { state.withLock { $0.standings.move(by: step) } }

    private func sample(_ vital: Vital, _ now: Instant) async {
        guard let strength = SignalSample.strength(in: vital.health) else { return }
        let line = LineID(vital.place.name)
        let isDue = state.withLock { state in
            if let last = state.sampled[line], now >= last, now - last < Self.sampleEvery { return false }
            state.sampled[line] = now
            return true
        }
        // One that cannot be kept is missing in a chart, and the ledger's own trouble shows elsewhere.
        if isDue { try? await ledger.save(SignalSample(line: line, at: now, strength: strength), forgettingBefore: now - Self.samplesKept) }
    }
}
