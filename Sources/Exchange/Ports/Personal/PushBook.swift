import Telephony

/// Browsers that want to be called when something comes (Web Push).
public protocol PushBook: Sendable {
    /// One for each endpoint. It ends with the browser's sign-in; conflict when that is over.
    func save(_ subscription: PushSubscription) async throws(LedgerError)
    func pushSubscriptions() async throws(LedgerError) -> [PushSubscription]
    /// False when there is none.
    func removePushSubscription(at endpoint: String) async throws(LedgerError) -> Bool
}

/// Where a browser is called, and the keys that only it can open what is said with (RFC 8030, RFC 8291).
public struct PushSubscription: Hashable, Sendable {
    /// The URL at the browser maker's push service. Whoever knows it can have the service called: it is not told.
    public let endpoint: String
    /// Its public key, an uncompressed point of P-256.
    public let key: [UInt8]
    /// Its authentication secret, 16 octets.
    public let secret: [UInt8]
    public let person: PersonID
    /// Of the browser that asked for it.
    public let signIn: String

    public init(endpoint: String, key: [UInt8], secret: [UInt8], person: PersonID, signIn: String) {
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        self.person = person
        self.signIn = signIn
    }
}
