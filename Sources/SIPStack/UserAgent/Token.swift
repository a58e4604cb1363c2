import SIP

/// Random tokens for tags and branches.
enum Token {
    /// 64 random bits in letters and digits.
    static func random() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// A tag that is the same for every copy of a request while this process lives, and that nobody else can foretell: what an answer without a
    /// transaction needs (RFC 3261 §8.2.7). The hash is keyed at random when the process starts.
    static func tag(for request: Request) -> String {
        var hasher = Hasher()
        hasher.combine(request.headers[.via])
        hasher.combine(request.headers.callID)
        hasher.combine(request.headers[.cseq])
        return String(UInt64(bitPattern: Int64(hasher.finalize())), radix: 36)
    }
}
