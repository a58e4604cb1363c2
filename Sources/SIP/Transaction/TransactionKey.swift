/// What makes a message part of a transaction (RFC 3261 §17.1.3, §17.2.3).
public enum TransactionKey: Hashable, Sendable {
    /// A request whose branch bears the cookie, or a response to one of ours.
    case branch(String, sentBy: String, Method)
    /// A request of an RFC 2543 client, whose branch says nothing.
    ///
    /// The To tag is left out: a request and its ACK differ in it, and no two requests with the same number have the same Call-ID and tag.
    case fields(uri: String, from: String, callID: String, number: Int, via: String, Method)

    /// The server transaction that a request belongs to; an ACK belongs to its INVITE's. Nil without what §8.1.1 demands of every request.
    ///
    /// To be made before `received` and `rport` are written into the Via.
    public init?(of request: Request) {
        self.init(of: request, method: request.method == .ack ? .invite : request.method)
    }

    /// The INVITE's (or other request's) server transaction that a CANCEL is meant for (RFC 3261 §9.2).
    public init?(cancelledBy cancel: Request) {
        self.init(of: cancel, method: .invite)
    }

    /// The client transaction that a response belongs to, by the Via that we put there.
    public init?(of response: Response) {
        guard let via = response.headers.topVia, let branch = via.branch, let cseq = response.headers.cseq else { return nil }
        self = .branch(branch, sentBy: "", cseq.method)
    }

    /// The client transaction of a request of ours. A client's branches are its own, so the sender needs no naming.
    public init(sending method: Method, branch: String) {
        self = .branch(branch, sentBy: "", method)
    }

    private init?(of request: Request, method: Method) {
        guard let via = request.headers.topVia else { return nil }
        if let branch = via.branch, branch.hasPrefix(Via.branchCookie), branch.utf8.count > Via.branchCookie.utf8.count {
            let port = via.port.map { ":\($0)" } ?? ""
            self = .branch(branch, sentBy: "\(via.host.description.lowercased())\(port)", method)
            return
        }
        guard let cseq = request.headers.cseq, let callID = request.headers.callID, let from = request.headers.from else { return nil }
        self = .fields(
            uri: "\(request.uri)", from: from.tag ?? "\(from.uri)", callID: callID, number: cseq.number, via: "\(via)", method)
    }
}
