extension Digest {
    /// A hash by its name in the header (RFC 7616 §3.3, RFC 8760). `-sess` variants are not offered and not answered.
    public enum Algorithm: Hashable, Sendable, CustomStringConvertible {
        case md5
        case sha256
        /// One of somebody else's, as it was spelt.
        case other(String)

        /// Case is ignored; a header that names none means MD5.
        public init(named name: String?) {
            switch name?.uppercased() {
            case nil, "MD5": self = .md5
            case "SHA-256": self = .sha256
            default: self = .other(name ?? "")
            }
        }

        public var description: String {
            switch self {
            case .md5: "MD5"
            case .sha256: "SHA-256"
            case .other(let name): name
            }
        }

        /// Whether this module can compute it, given the hash.
        public var isKnown: Bool { self == .md5 || self == .sha256 }
    }
}
