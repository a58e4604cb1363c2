import NIOCore
import SIP

/// Client side: our own requests.
extension UserAgent {
    /// Sends a request and waits for its final response.
    ///
    /// From (with tag), To, Call-ID and CSeq are the caller's; Via, Max-Forwards and Content-Length are added. `timeout` shortens the 32 s that
    /// a transaction tries by itself; `onProvisional` is called on the event loop. When the task is cancelled nothing more is sent.
    /// Throws `SendFailure` and nothing else.
    public func send(
        _ request: Request, to destination: Destination, timeout: Duration? = nil, onProvisional: (@Sendable (Response) -> Void)? = nil
    ) async throws(SendFailure) -> Response {
        guard request.headers.from?.tag != nil, request.headers.to != nil, request.headers.callID != nil,
              request.headers.cseq?.method == request.method else { throw .refused("From with a tag, To, Call-ID and CSeq expected") }
        var flow = try await flow(to: destination)
        guard channel(for: flow) != nil else { throw absence(of: flow) }
        guard clients.count < settings.transactions.sent else { throw .refused("too many requests under way") }
        var prepared = try prepare(request, over: flow)
        if flow.transport == .udp, prepared.octets.count > flow.remote.ip.longestDatagram {
            flow = try await connection(insteadOf: flow, for: request)
            prepared = try prepare(request, over: flow)
        }
        let (ready, way) = (prepared, flow)
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                start(ready, over: way, timeout: timeout, onProvisional: onProvisional, cancellation, waiter)
            }
        } onCancel: {
            cancellation.cancel(on: self)
        }.get()
    }

    /// Sends an ACK of a success, which belongs to no transaction (RFC 3261 §13.2.2.4).
    public func send(acknowledgement: Request, to destination: Destination) async throws(SendFailure) {
        let flow = try await flow(to: destination)
        guard write(try prepare(acknowledgement, over: flow).octets, over: flow) else { throw .flowGone }
    }

    private func start(
        _ prepared: Prepared, over flow: Flow, timeout: Duration?,
        onProvisional: (@Sendable (Response) -> Void)?, _ cancellation: Cancellation, _ waiter: ClientTransactions.Waiter
    ) {
        guard !Task.isCancelled else { return waiter.resume(returning: .failure(.cancelled)) }
        let now = ContinuousClock.now
        let entry = ClientTransactions.Entry(
            key: prepared.key, request: prepared.request, octets: prepared.octets, flow: flow,
            onProvisional: onProvisional, waiter: waiter)
        let (id, actions) = clients.start(entry, at: now)
        counts.requestsSent[prepared.request.method.token, default: 0] += 1
        cancellation.id = id
        if let timeout {
            eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) { self.assumeIsolated { $0.abandon(id, .timeout) } }
        }
        carryOut(actions)
        setAlarm(at: now)
    }

    func abandon(_ id: ClientTransactions.ID, _ failure: SendFailure) {
        carryOut(clients.abandon(id, failure))
    }

    private func prepare(_ request: Request, over flow: Flow) throws(SendFailure) -> Prepared {
        let local = localAddress(for: flow)
        guard let host = Host(local.ip.description) else { throw .refused("no address of ours") }
        let branch = Via.branchCookie + Token.random()
        var via = Via(transport: flow.transport.viaName, host: host, port: Int(local.port), branch: branch)
        via.parameters.append(Parameter("rport"))
        var request = request
        request.headers.prepend(via)
        if request.headers.maxForwards == nil { request.headers.maxForwards = 70 }
        return Prepared(request: request, octets: request.encoded(), key: TransactionKey(sending: request.method, branch: branch))
    }

    /// Our end as the peer may name it: a socket bound to all addresses has one only towards a peer.
    private func localAddress(for flow: Flow) -> PeerAddress {
        let bound = channel(for: flow)?.localAddress.flatMap(PeerAddress.init) ?? flow.local
        guard bound.ip.isUnspecified, let ip = IPAddress(localTowards: flow.remote) else { return bound }
        return PeerAddress(ip, port: bound.port)
    }
}

/// A request with our Via in it.
private struct Prepared {
    let request: Request
    let octets: [UInt8]
    let key: TransactionKey
}

/// Carries a cancellation, which may come from any task, to the transaction on the loop.
private final class Cancellation: Sendable {
    /// Written and read on the user agent's loop only.
    nonisolated(unsafe) var id: ClientTransactions.ID?

    func cancel(on agent: UserAgent) {
        agent.eventLoop.execute {
            agent.assumeIsolated { agent in
                if let id = self.id { agent.abandon(id, .cancelled) }
            }
        }
    }
}
