import Wire

extension Digest {
    /// The digest challenge of WWW-Authenticate and Proxy-Authenticate (RFC 3261 §20.44, §20.27).
    public struct Challenge: Hashable, Sendable, CustomStringConvertible {
        public var realm: String
        public var nonce: String
        public var algorithm: Algorithm
        /// What the server takes, `auth` among it; empty for a server of RFC 2069.
        public var qop: [String]
        public var opaque: String?
        /// The password was right and the nonce old: answer again without asking the user.
        public var isStale: Bool

        public init(realm: String, nonce: String, algorithm: Algorithm, qop: [String] = ["auth"], opaque: String? = nil, isStale: Bool = false) {
            self.realm = realm
            self.nonce = nonce
            self.algorithm = algorithm
            self.qop = qop
            self.opaque = opaque
            self.isStale = isStale
        }

        /// Throws for another scheme than Digest.
        public init(decoding value: String) throws(DecodeError) {
            try self.init(decoding: Array(value.utf8)[...])
        }

        init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
            let fields = try AuthenticationParameters(decoding: value)
            guard fields.isDigest else { throw DecodeError("scheme", at: 0, .invalid("Digest expected")) }
            realm = try fields.required("realm")
            nonce = try fields.required("nonce")
            algorithm = Algorithm(named: fields.parameters["algorithm"])
            let options = fields.parameters["qop"]?.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() } ?? []
            qop = options.filter { !$0.isEmpty && $0.utf8.allSatisfy(Grammar.isToken) }
            opaque = fields.parameters["opaque"]
            isStale = fields.parameters["stale"].map { Grammar.equalIgnoringCase($0, "true") } ?? false
        }

        public var description: String {
            var text = "Digest realm="
            Quoting.appendQuoted(realm, to: &text)
            text += ", nonce="
            Quoting.appendQuoted(nonce, to: &text)
            if let opaque { text += ", opaque=\(Quoting.quoted(opaque))" }
            if isStale { text += ", stale=true" }
            text += ", algorithm="
            text += Quoting.tokenOrQuoted(algorithm.description)
            guard !qop.isEmpty else { return text }
            text += ", qop="
            Quoting.appendQuoted(qop.joined(separator: ","), to: &text)
            return text
        }
    }
}

extension Headers {
    /// Digest challenges of a server; others are left out.
    public var wwwAuthenticate: [Digest.Challenge] {
        get { challenges(.wwwAuthenticate) }
        set { replace(.wwwAuthenticate, with: newValue.map(\.description)) }
    }

    /// Digest challenges of a proxy; others are left out.
    public var proxyAuthenticate: [Digest.Challenge] {
        get { challenges(.proxyAuthenticate) }
        set { replace(.proxyAuthenticate, with: newValue.map(\.description)) }
    }

    private func challenges(_ name: HeaderName) -> [Digest.Challenge] {
        readable(name, Digest.Challenge.init(decoding:))
    }
}
