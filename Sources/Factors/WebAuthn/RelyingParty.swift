import Crypto

/// The site that passkeys are for, as browsers know it (WebAuthn §4), and what it believes.
public struct RelyingParty: Hashable, Sendable {
    /// The RP ID: a name, never an address.
    public let id: String
    /// `https://sms.example.org:8443`
    public let origin: String

    public init(id: String, origin: String) {
        self.id = id
        self.origin = origin
    }

    /// A key that was just made and is believed to be so.
    public struct Registered: Hashable, Sendable {
        public let id: [UInt8]
        public let key: [UInt8]
        public let count: UInt32
    }

    /// The steps of §7.1 with attestation `none`; user verification is required.
    ///
    /// - Parameter challenge: the one that was given to this browser and is still good.
    public func registered(_ client: ClientData, attestation octets: [UInt8], challenge: [UInt8]) throws(CeremonyError) -> Registered {
        try check(client, type: "webauthn.create", challenge)
        guard let attestation = try? Attestation(decoding: octets) else { throw .malformed }
        try check(attestation.authenticator)
        guard let credential = attestation.authenticator.credential else { throw .noCredential }
        guard credential.key.isUsable else { throw .unusableKey }
        return Registered(id: credential.id, key: credential.keyOctets, count: attestation.authenticator.count)
    }

    /// What an authenticator answers when it is asked for a signature.
    public struct Assertion: Hashable, Sendable {
        public let id: [UInt8]
        public let client: ClientData
        public let authenticatorData: [UInt8]
        public let signature: [UInt8]
        /// Whose key it is, where the authenticator says so.
        public let handle: [UInt8]?

        public init(id: [UInt8], client: ClientData, authenticatorData: [UInt8], signature: [UInt8], handle: [UInt8]?) {
            self.id = id
            self.client = client
            self.authenticatorData = authenticatorData
            self.signature = signature
            self.handle = handle
        }
    }

    /// What is on record of the key that an assertion names.
    public struct Known: Hashable, Sendable {
        public let id: [UInt8]
        public let key: [UInt8]
        public let handle: [UInt8]
        public let count: UInt32

        public init(id: [UInt8], key: [UInt8], handle: [UInt8], count: UInt32) {
            self.id = id
            self.key = key
            self.handle = handle
            self.count = count
        }
    }

    /// The steps of §7.2; user verification is required. Returns the new count.
    public func asserted(_ assertion: Assertion, by known: Known, challenge: [UInt8]) throws(CeremonyError) -> UInt32 {
        guard assertion.id == known.id else { throw .wrongCredential }
        guard assertion.handle == nil || assertion.handle == known.handle else { throw .wrongPerson }
        try check(assertion.client, type: "webauthn.get", challenge)
        guard let data = try? AuthenticatorData(decoding: assertion.authenticatorData) else { throw .malformed }
        try check(data)
        guard let key = try? COSEKey(decoding: known.key) else { throw .unusableKey }
        let signed = assertion.authenticatorData + Array(SHA256.hash(data: assertion.client.octets))
        guard key.isValid(assertion.signature, over: signed) else { throw .wrongSignature }
        guard data.count > known.count || (data.count == 0 && known.count == 0) else { throw .counterWentBack }
        return data.count
    }

    private func check(_ client: ClientData, type: String, _ challenge: [UInt8]) throws(CeremonyError) {
        guard client.type == type else { throw .wrongType }
        guard !challenge.isEmpty, client.challenge == challenge else { throw .wrongChallenge }
        guard client.origin == origin, !client.isCrossOrigin else { throw .wrongOrigin }
    }

    private func check(_ data: AuthenticatorData) throws(CeremonyError) {
        guard data.siteHash == Array(SHA256.hash(data: Array(id.utf8))) else { throw .wrongSite }
        guard data.flags.contains(.userPresent) else { throw .userNotPresent }
        guard data.flags.contains(.userVerified) else { throw .userNotVerified }
        guard data.flags.contains(.backupEligible) || !data.flags.contains(.backedUp) else { throw .contradictoryFlags }
    }
}
