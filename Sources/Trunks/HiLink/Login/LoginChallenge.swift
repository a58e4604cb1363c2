import Wire

/// What a router wants to have proven (`user/challenge_login`).
struct LoginChallenge: Hashable, Sendable {
    /// More would only keep us busy.
    static let iterationLimit = 100_000

    let clientNonce: String
    let serverNonce: String
    let salt: [UInt8]
    let iterations: Int

    /// Nil where it is no answer to our nonce.
    init?(_ element: Element, clientNonce: String) {
        guard let serverNonce = element.text("servernonce"), serverNonce.hasPrefix(clientNonce), serverNonce.utf8.count <= 512,
            let salt = element.text("salt").flatMap({ try? Hex.decode($0) }), !salt.isEmpty,
            let iterations = element.number("iterations"), (1...Self.iterationLimit).contains(iterations)
        else { return nil }
        self.clientNonce = clientNonce
        self.serverNonce = serverNonce
        self.salt = salt
        self.iterations = iterations
    }
}
