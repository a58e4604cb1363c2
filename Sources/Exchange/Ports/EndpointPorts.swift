import Telephony

/// What an endpoint offers. Nil means that it cannot.
public struct EndpointPorts: Sendable {
    public let id: EndpointID
    public let service: any Service
    public let messages: (any MessageEndpoint)?
    public let health: @Sendable () async -> Health
    /// What it counts and measures, for whoever watches.
    public let figures: @Sendable () async -> [Figure]

    public init(
        id: EndpointID, service: any Service, messages: (any MessageEndpoint)? = nil, health: @escaping @Sendable () async -> Health,
        figures: @escaping @Sendable () async -> [Figure] = { [] }
    ) {
        self.id = id
        self.service = service
        self.messages = messages
        self.health = health
        self.figures = figures
    }
}

/// Brings messages and news of them to people.
public protocol MessageEndpoint: Sendable {
    /// Brings one claim to its destination. May be called for many claims at a time, never for two of one queue.
    /// Returns soon when the task is cancelled.
    func deliver(_ claim: Claim) async -> Outcome
}

/// For whom deliveries are made; a property of an endpoint's kind.
public enum Audience: Sendable {
    /// Each device of each person of the line gets its own copy.
    case devices
    /// One copy in all.
    case everyone
    /// One copy for each program that is told, in a queue of its own: one that is away holds up nobody else. No news of what was sent.
    case receivers
    /// No copy of what comes in, but news of what was written through it.
    case writer
    /// Nothing: it only sends.
    case nobody
}
