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
    /// Alerts that nobody took over, and when they are tried again; and what was told while the ledger took nothing.
    private let state = Mutex<(waiting: [String: Instant], untold: [String: Alert])>(([:], [:]))

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
        let broken = Set(standings.filter { !$0.isWell }.map(\.vital.place))
        for step in rules.steps(concerns, told: await told(), now: now) {
            switch step {
            case .tell(let concern): await tell(concern, broken.union(concern.place.map { [$0] } ?? []), now)
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
        guard await bring(news, avoiding: broken) > 0 else {
            state.withLock { $0.waiting[concern.topic] = now + Self.retryPause }
            return
        }
        state.withLock { $0.waiting[concern.topic] = nil }
        await keep(Alert(topic: concern.topic, sentence: concern.sentence, toldAt: now))
    }

    /// A clock that went back must not silence for long.
    private func isDue(_ concern: Concern, _ now: Instant) -> Bool {
        guard let due = state.withLock({ $0.waiting[concern.topic] }) else { return true }
        return now >= due || now < due - Self.retryPause
    }

    private func clear(_ alert: Alert, _ broken: Set<Vital.Place>, _ now: Instant) async {
        var alert = alert
        alert.clearedAt = now
        _ = await bring(AlertNews(.over, topic: alert.topic, sentence: alert.sentence, at: now), avoiding: broken)
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

    /// By how many ways it was taken over.
    private func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async -> Int {
        var taken = 0
        for channel in channels {
            do throws(Failure) {
                try await channel.bring(news, avoiding: broken)
                taken += 1
            } catch {
                report("an alert was not taken over by \(channel.name): \(error.sentence)")
            }
        }
        return taken
    }

    /// Sends a word of trial by every way that works, and says what came of each.
    public func test() async -> [AlertTrial] {
        let broken = Set(await signs.now().filter { !$0.isWell }.map(\.vital.place))
        var trials: [AlertTrial] = []
        for channel in channels {
            do throws(Failure) {
                try await channel.bring(AlertNews(.trial, topic: "trial", sentence: "", at: mint.now()), avoiding: broken)
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
