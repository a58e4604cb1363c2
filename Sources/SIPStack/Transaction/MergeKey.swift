import SIP

/// What two copies of one request have in common when they came by different ways (RFC 3261 §8.2.2.2).
struct MergeKey: Hashable {
    private let callID: String
    private let from: String
    private let cseq: String

    /// Nil for a request inside a dialog, which has a To tag.
    init?(_ request: Request) {
        guard let callID = request.headers[.callID], let from = request.headers[.from], let cseq = request.headers[.cseq],
              let to = request.headers[.to] else { return nil }
        // Parsing the address is dear; most requests have no tag anywhere in it.
        if to.utf8.contains(UInt8(ascii: ";")), request.headers.to?.tag != nil { return nil }
        self.callID = callID
        self.from = from
        self.cseq = cseq
    }
}
