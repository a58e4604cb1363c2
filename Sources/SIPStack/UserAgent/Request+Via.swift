import SIP

/// What a server does with the top Via (RFC 3261 §18.2.1, §18.2.2, RFC 3581 §4); `via` is the top Via, decoded once for all who need it.
extension Request {
    /// Where answers go: back down a connection; over UDP to the source address and, when asked by `rport`, to its port, else to the one
    /// in the Via. Nil where that is port 0, at which nobody can be answered.
    ///
    /// `maddr` is not followed: it would let anybody aim our answers at anybody.
    func replyFlow(_ via: Via, over flow: Flow) -> Flow? {
        guard flow.transport == .udp, !via.asksForResponsePort else { return flow }
        let port = via.port.flatMap(UInt16.init(exactly:)) ?? flow.transport.defaultPort
        guard port != 0 else { return nil }
        return Flow(udpFrom: flow.local, to: PeerAddress(flow.remote.ip, port: port))
    }

    /// The request with `received` where the Via names another host than it came from, and `rport` where asked.
    func marked(_ via: Via, receivedFrom source: PeerAddress) -> Request {
        var via = via
        let address = source.ip.description
        let isAsked = via.asksForResponsePort
        guard isAsked || via.host.text != address else { return self }
        via.received = address
        if isAsked { via.rport = Int(source.port) }
        var marked = self
        marked.headers.topVia = via
        return marked
    }
}
