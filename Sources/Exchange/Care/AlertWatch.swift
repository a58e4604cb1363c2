import Synchronization
import Telephony

/// Tells owners by every other way than the broken one what is wrong, once in a while, and when it is over.
public final class AlertWatch: Service {
    private let rules: AlertRules
    private let channels: [any AlertChannel]
    private let ledger: any AlertLedger
    private let signs: VitalSigns
    private let counts: @Sendable () async -> AlertCounts
    private let mint: Mint
    private let pause: Pause
    private let report: @Sendable (String) -> Void
    /// Alerts that reached nobody, by topics; and what was told while the ledger took nothing.
    private let state = Mutex<(waiting: [String: Waiting], untold: [String: Alert])>(([:], [:]))

    private struct Waiting {
        let sentence: String
        /// When it is tried again.
        let due: Instant
        /// Ways by which it lies where nobody is brought it.
        let kept: Set<String>
    }

    /// What came of the ways.
    private struct Brought {
        var reached = 0
        var failed = 0
        /// Ways by which it lies where nobody is brought it.
        var kept: Set<String> = []
    }

    static let interval: Duration = .seconds(15)
    /// After every way failed.
    static let retryPause: Duration = .seconds(300)

    /// - Parameter report: takes a sentence for the log when an alert reached nobody.
    public init(
        rules: AlertRules, channels: [any AlertChannel], ledger: any AlertLedger, signs: VitalSigns, counts: @escaping @Sendable () async -> AlertCounts,
        mint: Mint, pause: @escaping Pause, report: @escaping @Sendable (String) -> Void
    ) {
        self.rules = rules
        self.channels = channels
        self.ledger = ledger
        self.signs = signs
        self.counts = counts
        self.mint = mint
        self.pause = pause
        self.report = report
    }

    public func run() async throws {
        while !Task.isCancelled {
            await round()
            do { try await pause(Self.interval) } catch { return }
        }
    }

    /// One look, and what follows from it.
    public func round() async {
        let standings = await signs.now(), now = mint.now()
        let concerns = rules.concerns(standings, await counts(), now: now)
        let broken = Set(standings.filter(\.isBroken).map(\.vital.place))
        await endWaiting(but: concerns, broken, now)
        for step in rules.steps(concerns, told: await told(), now: now) {
            switch step {
            case .tell(let concern): await tell(concern, broken, now)
            case .clear(let alert): await clear(alert, broken, now)
            case .forget(let alert): await forget(alert)
            }
        }
    }

    /// What the ledger knows, and what it could not take.
    private func told() async -> [Alert] {
        let untold = state.withLock { $0.untold }
        let kept = (try? await ledger.alerts()) ?? []
        return Array(untold.values) + kept.filter { untold[$0.topic] == nil }
    }

    private func tell(_ concern: Concern, _ broken: Set<Vital.Place>, _ now: Instant) async {
        guard isDue(concern, now) else { return }
        let news = AlertNews(.wrong, topic: concern.topic, sentence: concern.sentence, at: now, since: concern.since)
        let kept = state.withLock { $0.waiting[concern.topic]?.kept ?? [] }
        var brought = await bring(news, avoiding: broken, by: channels.filter { !kept.contains($0.name) })
        brought.kept.formUnion(kept)
        // Where it lies for whoever looks is enough only where no other way may bring it to somebody later.
        guard brought.reached > 0 || (brought.failed == 0 && !brought.kept.isEmpty) else {
            state.withLock { $0.waiting[concern.topic] = Waiting(sentence: concern.sentence, due: now + Self.retryPause, kept: brought.kept) }
            return
        }
        state.withLock { $0.waiting[concern.topic] = nil }
        await keep(Alert(topic: concern.topic, sentence: concern.sentence, toldAt: now))
    }

    /// A clock that went back must not silence for long.
    private func isDue(_ concern: Concern, _ now: Instant) -> Bool {
        state.withLock { $0.waiting[concern.topic].map { Self.isDue($0, now) } ?? true }
    }

    private static func isDue(_ waiting: Waiting, _ now: Instant) -> Bool { now >= waiting.due || now < waiting.due - retryPause }

    /// What is over is another trouble when it comes back. It reached nobody; where it lies for whoever looks, its end lies behind it.
    private func endWaiting(but concerns: [Concern], _ broken: Set<Vital.Place>, _ now: Instant) async {
        let present = Set(concerns.map(\.topic))
        let over = state.withLock { state in
            let over = state.waiting.filter { !present.contains($0.key) && Self.isDue($0.value, now) }
            for topic in over.keys { state.waiting[topic] = nil }
            return over
        }
        for (topic, waiting) in over {
            let news = AlertNews(.over, topic: topic, sentence: waiting.sentence, at: now)
            _ = await bring(news, avoiding: broken, by: channels.filter { waiting.kept.contains($0.name) })
        }
    }

    private func clear(_ alert: Alert, _ broken: Set<Vital.Place>, _ now: Instant) async {
        var alert = alert
        alert.clearedAt = now
        _ = await bring(AlertNews(.over, topic: alert.topic, sentence: alert.sentence, at: now), avoiding: broken, by: channels)
        await keep(alert)
    }

    private func keep(_ alert: Alert) async {
        do throws(LedgerError) {
            try await ledger.save(alert)
            state.withLock { $0.untold[alert.topic] = nil }
        } catch {
            state.withLock { $0.untold[alert.topic] = alert }
        }
    }

    private func forget(_ alert: Alert) async {
        state.withLock { $0.untold[alert.topic] = nil }
        try? await ledger.removeAlert(alert.topic)
    }

    private func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>, by ways: [any AlertChannel]) async -> Brought {
        var brought = Brought()
        for channel in ways {
            do throws(Failure) {
                switch try await channel.bring(news, avoiding: broken) {
                case .somebody: brought.reached += 1
                case .whoeverLooks: brought.kept.insert(channel.name)
                }
            } catch {
                brought.failed += 1
                report("an alert was not taken over by \(channel.name): \(error.sentence)")
            }
        }
        return brought
    }

    /// Sends a word of trial by every way that works, and says what came of each.
    public func test() async -> [AlertTrial] {
        let broken = Set(await signs.now().filter(\.isBroken).map(\.vital.place))
        var trials: [AlertTrial] = []
        for channel in channels {
            do throws(Failure) {
                _ = try await channel.bring(AlertNews(.trial, topic: "trial", sentence: "", at: mint.now()), avoiding: broken)
                trials.append(AlertTrial(channel: channel.name, failure: nil))
            } catch {
                trials.append(AlertTrial(channel: channel.name, failure: error))
            }
        }
        return trials
    }
}

/// What came of a trial of one way.
public struct AlertTrial: Hashable, Sendable {
    public let channel: String
    /// Nil where it was taken over.
    public let failure: Failure?

    public init(channel: String, failure: Failure?) {
        self.channel = channel
        self.failure = failure
    }
}
