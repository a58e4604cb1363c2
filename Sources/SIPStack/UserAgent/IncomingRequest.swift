import SIP

/// A request as the transaction user sees it, with where it came from.
public struct IncomingRequest: Sendable {
    /// `received` and `rport` are filled in the top Via.
    public let request: Request
    /// The way back to the peer; what a registrar keeps.
    public let flow: Flow
    /// The To tag of all our answers to this request.
    public let toTag: String
    let agent: UserAgent
    let id: ServerTransactions.ID

    public var source: PeerAddress { flow.remote }
    public var transport: Transport { flow.transport }

    /// An answer with what every answer repeats of its request (RFC 3261 §8.2.6).
    public func response(_ status: Status, reason: String? = nil) -> Response {
        Response(to: request, status, reason: reason, toTag: status == .trying ? nil : toTag)
    }

    /// Sends a provisional response now; the final one is what the responder returns.
    public nonisolated(nonsending) func sendProvisional(_ response: Response) async {
        guard response.status.isProvisional else { return }
        await agent.respond(response, to: id)
    }

    /// Tells the guard that this source answered our challenge wrongly, in the name of this account, which need not exist.
    public nonisolated(nonsending) func recordFailedLogin(at account: String) async {
        await agent.recordFailedLogin(at: account, by: source.ip)
    }

    /// Tells the guard that this source has proven who it is.
    public nonisolated(nonsending) func recordLogin() async {
        await agent.recordLogin(over: flow)
    }

    /// Keeps the connection that the request came by so long, whether or not anything is heard of its peer: it is the way to them. Nothing over UDP.
    public nonisolated(nonsending) func keepConnection(for duration: Duration) async {
        await agent.keep(flow, for: duration)
    }
}

/// Answers a request. It runs on the user agent's event loop until its first hop elsewhere: decide quickly or await.
///
/// Cancelled when a CANCEL came; what it then returns is ignored.
public typealias Responder = nonisolated(nonsending) @Sendable (IncomingRequest) async -> Response
