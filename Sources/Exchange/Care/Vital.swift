import Telephony

/// One part of the house and how it is.
public struct Vital: Hashable, Sendable {
    /// Which part: a line by its name, the disk.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        public enum Kind: String, Sendable, CaseIterable {
            case ledger, line, endpoint, disk, media, clock, certificate, backup
        }

        public let kind: Kind
        /// Of a line, an endpoint or a certificate; else empty.
        public let name: String

        public init(_ kind: Kind, _ name: String = "") {
            self.kind = kind
            self.name = name
        }

        /// `line/home`, `disk`.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1)
            guard let kind = parts.first.flatMap({ Kind(rawValue: String($0)) }) else { return nil }
            self.init(kind, parts.count > 1 ? String(parts[1]) : "")
        }

        public var description: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue)/\(name)" }
    }

    public let place: Place
    public let health: Health
    /// What to do, where the health's own sentence does not say it.
    public let advice: String?

    public init(_ place: Place, _ health: Health, advice: String? = nil) {
        self.place = place
        self.health = health
        self.advice = advice
    }
}

/// A part with how long it has been as it is.
public struct Standing: Hashable, Sendable {
    public let vital: Vital
    /// When its state was seen first, or when the daemon began to look.
    public let since: Instant

    public init(_ vital: Vital, since: Instant) {
        self.vital = vital
        self.since = since
    }

    public var isWell: Bool { vital.health.state == .working }
    /// Whether nothing can be told through it. A line that only holds what cannot be brought on sends as ever.
    public var isBroken: Bool { !isWell && vital.health.facts[Health.heldFact] == nil }
}

/// All parts as they were last seen. Pure.
public struct Standings: Sendable {
    public private(set) var all: [Standing] = []

    public init() {}

    /// Takes in another look at everything; a part keeps its time while its state stays.
    public mutating func note(_ vitals: [Vital], at now: Instant) {
        let known = Dictionary(all.map { ($0.vital.place, $0) }) { first, _ in first }
        all = vitals.map { vital in
            let before = known[vital.place]
            let isSame = before?.vital.health.state == vital.health.state
            return Standing(vital, since: isSame ? before?.since ?? now : now)
        }
    }

    /// A clock that is set makes nothing longer or shorter.
    public mutating func move(by step: Duration) { all = all.map { Standing($0.vital, since: $0.since + step) } }
}
