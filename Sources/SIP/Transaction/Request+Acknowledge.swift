/// The requests that a transaction makes of another request.
extension Request {
    /// The ACK of an INVITE's failure, sent by its own transaction (RFC 3261 §17.1.1.3). `invite` is the INVITE as sent, our Via in it.
    public init(acknowledging failure: Response, of invite: Request) {
        self.init(following: .ack, invite)
        headers.to = failure.headers.to ?? invite.headers.to
    }

    /// The CANCEL of an INVITE that has had a provisional response (RFC 3261 §9.1).
    public init(cancelling invite: Request) {
        self.init(following: .cancel, invite)
    }

    private init(following method: Method, _ invite: Request) {
        self.init(method: method, uri: invite.uri)
        if let via = invite.headers[.via] { headers.append(.via, via) }
        for name in [HeaderName.maxForwards, .from, .to, .callID] {
            if let value = invite.headers[name] { headers.append(name, value) }
        }
        if let cseq = invite.headers.cseq { headers.cseq = CSeq(cseq.number, method) }
        for route in invite.headers.values(.route) { headers.append(.route, route) }
    }
}
