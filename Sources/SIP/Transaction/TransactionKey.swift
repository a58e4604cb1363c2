/// What makes a message part of a transaction (RFC 3261 §17.1.3, §17.2.3).
public enum TransactionKey: Hashable, Sendable {
    /// A request whose branch bears the cookie, or a response to one of ours.
    case branch(String, host: String, port: Int?, Method)
    /// A request of an RFC 2543 client, whose branch says nothing.
    ///
    /// The To tag is left out: a request and its ACK differ in it, and no two requests with the same number have the same Call-ID and tag.
    case fields(uri: String, from: String, callID: String, number: Int, via: String, Method)

    /// The server transaction that a request belongs to; an ACK belongs to its INVITE's. Nil without what §8.1.1 demands of every request.
    ///
    /// `via` is the top Via as it came, before `received` and `rport` are written into it.
    public init?(of request: Request, via: Via) {
        self.init(of: request, via: via, method: request.method == .ack ? .invite : request.method)
    }

    /// The INVITE's (or other request's) server transaction that a CANCEL is meant for (RFC 3261 §9.2).
    public init?(cancelledBy cancel: Request, via: Via) {
        self.init(of: cancel, via: via, method: .invite)
    }

    /// The client transaction that a response belongs to, by the Via that we put there.
    public init?(of response: Response) {
        guard let via = response.headers.topVia, let branch = via.branch, let cseq = response.headers.cseq else { return nil }
        self = .branch(branch, host: "", port: nil, cseq.method)
    }

    /// The client transaction of a request of ours. A client's branches are its own, so the sender needs no naming.
    public init(sending method: Method, branch: String) {
        self = .branch(branch, host: "", port: nil, method)
    }

    private init?(of request: Request, via: Via, method: Method) {
        if let branch = via.branch, branch.hasPrefix(Via.branchCookie), branch.utf8.count > Via.branchCookie.utf8.count {
            self = .branch(branch, host: via.host.text.lowercased(), port: via.port, method)
            return
        }
        guard let cseq = request.headers.cseq, let callID = request.headers.callID, let from = request.headers.from else { return nil }
        self = .fields(
            uri: "\(request.uri)", from: from.tag ?? "\(from.uri)", callID: callID, number: cseq.number, via: "\(via)", method)
    }
}
