import SIP

extension Digest.Algorithm {
    /// What a client is challenged with. It should pass over an algorithm it does not know (RFC 8760 §2.4); baresip before version 3 takes
    /// it for an error and never registers.
    static func offered(to userAgent: String?) -> [Digest.Algorithm] {
        let knowsOneOnly = ["baresip v0.", "baresip v1.", "baresip v2."].contains { userAgent?.hasPrefix($0) ?? false }
        return knowsOneOnly ? [.md5] : [.sha256, .md5]
    }
}
