import Exchange
import Telephony

/// A configured line, as an endpoint that serves it needs to know it.
public struct ServedLine: Sendable {
    public let id: LineID
    /// Home country, ISO 3166 alpha-2.
    public let country: String
    /// Its number in E.164 form as the settings have it; where they don't, the ledger's line facts may.
    public let number: String?
    /// Its trunk's state.
    public let health: @Sendable () async -> Health

    public init(id: LineID, country: String, number: String? = nil, health: @escaping @Sendable () async -> Health) {
        self.id = id
        self.country = country
        self.number = number
        self.health = health
    }
}
