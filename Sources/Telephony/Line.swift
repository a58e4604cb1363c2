/// A number of ours, and what its trunk has found out about it.
public struct Line: Hashable, Sendable {
    public let id: LineID
    public var facts: LineFacts

    public init(id: LineID, facts: LineFacts = LineFacts()) {
        self.id = id
        self.facts = facts
    }
}

/// What is known of a line's SIM and subscription; nil where not yet known.
public struct LineFacts: Hashable, Sendable {
    /// Own number in E.164 form.
    public var number: String?
    public var imsi: String?
    public var iccid: String?
    /// The operator's name.
    public var carrier: String?
    /// The device the SIM sits in.
    public var imei: String?

    public init(number: String? = nil, imsi: String? = nil, iccid: String? = nil, carrier: String? = nil, imei: String? = nil) {
        self.number = number
        self.imsi = imsi
        self.iccid = iccid
        self.carrier = carrier
        self.imei = imei
    }

    /// Whether both are known, and of different SIMs.
    public func isOfAnotherSIM(than other: LineFacts) -> Bool {
        guard let imsi, let known = other.imsi else { return false }
        return imsi != known
    }

    /// With the SIM that was known before, where the one that is there has not said yet which it is: it may be another, and that is found out then.
    public func rememberingSIM(of other: LineFacts?) -> LineFacts {
        var facts = self
        facts.imsi = imsi ?? other?.imsi
        return facts
    }
}

/// A trunk's or endpoint's true state, for `/health`, the command line and the owner.
public struct Health: Hashable, Sendable {
    public enum State: String, Sendable, CaseIterable {
        case starting, working, impaired, down
    }

    public var state: State
    /// One sentence: what is so, and what to do about it when it is not well.
    public var summary: String
    /// Facts by name: `operator`, `signal` (dBm), `registration`.
    public var facts: [String: String]

    public init(_ state: State, _ summary: String, facts: [String: String] = [:]) {
        self.state = state
        self.summary = summary
        self.facts = facts
    }
}
