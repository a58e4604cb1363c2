/// What this machine and its networks have that could hold a line, looked for when somebody asks.
public protocol Surroundings: Sendable {
    /// Modems that answer: at this place, or on every serial device where it is nil. A modem that a line uses already is busy and does not.
    func modems(at place: String?) async -> [FoundModem]
    /// Routers that hold a SIM, where people have them: at the default gateway and the usual addresses, on this machine's own networks only; or the one
    /// at this address.
    func routers(at url: String?) async -> [FoundRouter]
    /// This machine's addresses as others on its networks reach it, the likeliest first; then its name.
    func addresses() -> [String]
    /// Access points of the carrier that issued a SIM, the likeliest first; none where the list of carriers has none.
    func accessPoints(imsi: String) -> [String]
    /// A port that nothing listens on, this one where it is free.
    func freePort(_ wanted: Int) async -> Int
}

/// A modem that answered.
public struct FoundModem: Hashable, Sendable {
    public enum Card: String, Sendable { case ready, wantsPIN, blocked, absent, unknown }

    public let name: String
    /// A path, or `tcp:host:port`.
    public let place: String
    public let imei: String
    public let card: Card
    /// The SIM's, where it tells it yet.
    public let imsi: String?

    public init(name: String, place: String, imei: String, card: Card = .unknown, imsi: String? = nil) {
        self.name = name
        self.place = place
        self.imei = imei
        self.card = card
        self.imsi = imsi
    }

    /// What a line's section says of it: its IMEI, so that it is found wherever it is plugged in. A network port stays where it is.
    public var device: String { place.hasPrefix("tcp:") ? place : "imei:\(imei)" }
}

/// A router that answered.
public struct FoundRouter: Hashable, Sendable {
    public let name: String
    /// `http://192.168.8.1`
    public let url: String

    public init(name: String, url: String) {
        self.name = name
        self.url = url
    }
}
