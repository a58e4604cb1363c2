import Wire

extension Digest {
    /// The digest credentials of Authorization and Proxy-Authorization (RFC 3261 §20.7, §20.28).
    public struct Credentials: Hashable, Sendable, CustomStringConvertible {
        public var username: String
        public var realm: String
        public var nonce: String
        /// The digest URI as the client wrote it: it is part of what was hashed.
        public var uri: String
        public var response: String
        public var algorithm: Algorithm
        public var cnonce: String?
        public var opaque: String?
        /// `auth`, or nil for a client of RFC 2069.
        public var qop: String?
        /// How many requests the client sent with this nonce; nil without qop.
        public var nonceCount: UInt32?

        public init(
            username: String, realm: String, nonce: String, uri: String, response: String = "", algorithm: Algorithm = .md5,
            cnonce: String? = nil, opaque: String? = nil, qop: String? = nil, nonceCount: UInt32? = nil
        ) {
            self.username = username
            self.realm = realm
            self.nonce = nonce
            self.uri = uri
            self.response = response
            self.algorithm = algorithm
            self.cnonce = cnonce
            self.opaque = opaque
            self.qop = qop
            self.nonceCount = nonceCount
        }

        /// Throws for another scheme than Digest, and where qop stands without what it needs.
        public init(decoding value: String) throws(DecodeError) {
            try self.init(decoding: Array(value.utf8)[...])
        }

        init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
            let fields = try AuthenticationParameters(decoding: value)
            guard fields.isDigest else { throw DecodeError("scheme", at: 0, .invalid("Digest expected")) }
            username = try fields.required("username")
            realm = try fields.required("realm")
            nonce = try fields.required("nonce")
            uri = try fields.required("uri")
            response = try fields.required("response")
            algorithm = Algorithm(named: fields.parameters["algorithm"])
            cnonce = fields.parameters["cnonce"]
            opaque = fields.parameters["opaque"]
            qop = fields.parameters["qop"]?.lowercased()
            // Without qop it is not in what was hashed: whoever saw the proof could write another.
            nonceCount = qop == nil ? nil : try fields.parameters["nc"].map(Credentials.nonceCount)
            if qop != nil, nonceCount == nil || cnonce == nil { throw DecodeError("qop", at: 0, .invalid("nc and cnonce expected with it")) }
        }

        private static func nonceCount(_ text: String) throws(DecodeError) -> UInt32 {
            guard text.utf8.count == 8, text.first != "+", let count = UInt32(text, radix: 16) else {
                throw DecodeError("nc", at: 0, .invalid("eight hexadecimal digits expected"))
            }
            return count
        }

        /// Eight digits, as they are hashed.
        var nonceCountText: String {
            let digits = String(nonceCount ?? 0, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }

        public var description: String {
            let quoted = [("username", username), ("realm", realm), ("nonce", nonce), ("uri", uri), ("response", response)]
            var text = "Digest " + quoted.map { "\($0)=\(Quoting.quoted($1))" }.joined(separator: ", ")
            text += ", algorithm=\(Quoting.tokenOrQuoted(algorithm.description))"
            if let cnonce { text += ", cnonce=\(Quoting.quoted(cnonce))" }
            if let opaque { text += ", opaque=\(Quoting.quoted(opaque))" }
            if let qop { text += ", qop=\(Quoting.tokenOrQuoted(qop)), nc=\(nonceCountText)" }
            return text
        }
    }

    /// Credentials that answer a challenge; nil where it asks for an algorithm or protection we have not.
    public static func answer(
        _ challenge: Challenge, username: String, ha1: String, method: Method, uri: URI, cnonce: String, nonceCount: UInt32 = 1, hash: Hash
    ) -> Credentials? {
        guard challenge.algorithm.isKnown, challenge.qop.isEmpty || challenge.qop.contains("auth") else { return nil }
        let isProtected = !challenge.qop.isEmpty
        var credentials = Credentials(
            username: username, realm: challenge.realm, nonce: challenge.nonce, uri: uri.description, algorithm: challenge.algorithm,
            cnonce: isProtected ? cnonce : nil, opaque: challenge.opaque, qop: isProtected ? "auth" : nil,
            nonceCount: isProtected ? nonceCount : nil)
        credentials.response = response(ha1: ha1, method: method, uri: credentials.uri, credentials: credentials, hash: hash)
        return credentials
    }
}

extension Headers {
    /// Digest credentials for a server; malformed ones and other schemes are left out.
    public var authorization: [Digest.Credentials] {
        get { credentials(.authorization) }
        set { replace(.authorization, with: newValue.map(\.description)) }
    }

    /// Digest credentials for a proxy; malformed ones and other schemes are left out.
    public var proxyAuthorization: [Digest.Credentials] {
        get { credentials(.proxyAuthorization) }
        set { replace(.proxyAuthorization, with: newValue.map(\.description)) }
    }

    private func credentials(_ name: HeaderName) -> [Digest.Credentials] {
        readable(name, Digest.Credentials.init(decoding:))
    }
}
