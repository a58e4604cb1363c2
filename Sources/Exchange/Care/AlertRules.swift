import Telephony

/// What owners are alerted to, how soon and how often. Pure.
public struct AlertRules: Hashable, Sendable {
    /// How long a line or an endpoint must be without service.
    public var patience: Duration
    /// One topic is told at most once in this time.
    public var period: Duration
    /// Refused sign-ins within an hour.
    public var refusals: Int

    public init(patience: Duration = .seconds(600), period: Duration = .seconds(86400), refusals: Int = 30) {
        self.patience = patience
        self.period = period
        self.refusals = refusals
    }

    /// What is wrong now.
    public func concerns(_ standings: [Standing], _ counts: AlertCounts, now: Instant) -> [Concern] {
        var concerns = standings.filter { isConcern($0, now) }.map { standing in
            Concern(topic: standing.vital.place.description, sentence: Self.sentence(of: standing.vital), place: standing.vital.place, since: standing.since)
        }
        if counts.inDoubt > 0 {
            let what = counts.inDoubt == 1 ? "A text may or may not have left" : "\(counts.inDoubt) texts may or may not have left"
            concerns.append(Concern(topic: Concern.inDoubt, sentence: "\(what): its answer was lost. Decide under Health, Queues.", place: nil))
        }
        if counts.refusedSignIns >= refusals {
            concerns.append(Concern(topic: Concern.signIns, sentence: "\(counts.refusedSignIns) sign-ins to the Console were refused within an hour.", place: nil))
        }
        return concerns
    }

    private func isConcern(_ standing: Standing, _ now: Instant) -> Bool {
        guard !standing.isWell else { return false }
        switch standing.vital.place.kind {
        case .line, .endpoint: return now - standing.since >= patience
        case .ledger, .disk, .certificate, .backup: return true
        // Known when it is set up, and no news later.
        case .media, .clock: return false
        }
    }

    private static func sentence(of vital: Vital) -> String {
        let subject =
            switch vital.place.kind {
            case .line: "The line \(vital.place.name): "
            case .endpoint: "The endpoint \(vital.place.name): "
            case .ledger, .disk, .media, .clock, .certificate, .backup: ""
            }
        return subject + vital.health.summary + (vital.advice.map { " \($0)" } ?? "")
    }

    /// What is to be told of these concerns, where `told` is what was told before.
    public func steps(_ concerns: [Concern], told: [Alert], now: Instant) -> [AlertStep] {
        let known = Dictionary(told.map { ($0.topic, $0) }) { first, _ in first }
        let present = Set(concerns.map(\.topic))
        var steps: [AlertStep] = concerns.compactMap { concern in
            guard let alert = known[concern.topic] else { return .tell(concern) }
            // A clock that went back must not silence for long.
            let isOld = now - alert.toldAt >= period || now < alert.toldAt
            return isOld ? .tell(concern) : nil
        }
        for alert in told where !present.contains(alert.topic) {
            if alert.clearedAt == nil {
                steps.append(.clear(alert))
            } else if now - alert.toldAt >= period {
                steps.append(.forget(alert))
            }
        }
        return steps
    }
}

/// What is counted beside the parts.
public struct AlertCounts: Hashable, Sendable {
    public var inDoubt: Int
    /// Within the last hour.
    public var refusedSignIns: Int

    public init(inDoubt: Int = 0, refusedSignIns: Int = 0) {
        self.inDoubt = inDoubt
        self.refusedSignIns = refusedSignIns
    }
}

/// Something that is wrong now.
public struct Concern: Hashable, Sendable {
    public let topic: String
    public let sentence: String
    /// The part that is wrong.
    public let place: Vital.Place?
    /// Since when the part is as it is.
    public let since: Instant?

    public static let inDoubt = "in-doubt"
    public static let signIns = "sign-ins"

    public init(topic: String, sentence: String, place: Vital.Place?, since: Instant? = nil) {
        self.topic = topic
        self.sentence = sentence
        self.place = place
        self.since = since
    }
}

public enum AlertStep: Hashable, Sendable {
    case tell(Concern)
    case clear(Alert)
    /// Over for so long that it would be told again.
    case forget(Alert)
}
