import Wire

/// What an authenticator says of itself and of the moment (WebAuthn §6.1).
public struct AuthenticatorData: Hashable, Sendable {
    /// SHA-256 of the RP ID.
    public let siteHash: [UInt8]
    public let flags: Flags
    /// 0 where the authenticator does not count.
    public let count: UInt32
    public let credential: AttestedCredential?
    /// What stands here nobody asked for.
    public let extensions: CBOR?

    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let userPresent = Flags(rawValue: 1 << 0)
        public static let userVerified = Flags(rawValue: 1 << 2)
        /// The key may be copied to other devices of its owner.
        public static let backupEligible = Flags(rawValue: 1 << 3)
        public static let backedUp = Flags(rawValue: 1 << 4)
        static let credential = Flags(rawValue: 1 << 6)
        static let extensions = Flags(rawValue: 1 << 7)
    }

    /// A key that was just made (§6.5.1).
    public struct AttestedCredential: Hashable, Sendable {
        /// The model of the authenticator: 16 octets, zero where it says none.
        public let model: [UInt8]
        public let id: [UInt8]
        public let key: COSEKey
        /// The key as it was written.
        public let keyOctets: [UInt8]
    }

    private static let longestID = 1023

    public init(decoding octets: [UInt8]) throws(DecodeError) {
        var reader = OctetReader(octets)
        siteHash = Array(try reader.octets(32, "rpIdHash"))
        flags = Flags(rawValue: try reader.octet("flags"))
        let high = try reader.uint16("signCount"), low = try reader.uint16("signCount")
        count = UInt32(high) << 16 | UInt32(low)
        credential = flags.contains(.credential) ? try Self.credential(&reader) : nil
        extensions = flags.contains(.extensions) ? try CBOR(&reader) : nil
        guard reader.isAtEnd else { throw DecodeError("authData", at: reader.offset, .invalid("nothing may follow")) }
        if let extensions {
            guard case .map = extensions else { throw DecodeError("extensions", at: 0, .invalid("a map expected")) }
        }
    }

    private static func credential(_ reader: inout OctetReader) throws(DecodeError) -> AttestedCredential {
        let model = Array(try reader.octets(16, "aaguid"))
        let count = Int(try reader.uint16("credentialIdLength"))
        guard (1...longestID).contains(count) else { throw DecodeError("credentialIdLength", at: reader.offset, .tooLong(limit: longestID)) }
        let id = Array(try reader.octets(count, "credentialId"))
        var ahead = reader
        let value = try CBOR(&ahead)
        let octets = Array(try reader.octets(ahead.offset - reader.offset, "credentialPublicKey"))
        return AttestedCredential(model: model, id: id, key: try COSEKey(value), keyOctets: octets)
    }
}
