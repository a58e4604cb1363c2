import SIP

/// Server side: transactions begun, responders asked, responses sent.
extension UserAgent {
    /// A request that is not ACK.
    func begin(_ request: Request, via: Via, key: TransactionKey, over flow: Flow, at now: ContinuousClock.Instant) {
        let reply = request.replyFlow(via, over: flow)
        let toTag = Token.random()
        let marked = request.marked(via, receivedFrom: flow.remote)
        switch servers.receive(marked, key: key, reply: reply, toTag: toTag, at: now) {
        case .new(let id):
            serve(IncomingRequest(request: marked, flow: flow, toTag: toTag, agent: self, id: id), at: now)
        case .repeated(let actions):
            counts.retransmissionsReceived += 1
            carryOut(actions)
        case .merged:
            refuse(request, .loopDetected, over: flow)
        case .overloaded:
            drop(.overload)
            refuse(request, .serviceUnavailable, over: flow, retryAfter: 10)
        }
    }

    private func serve(_ incoming: IncomingRequest, at now: ContinuousClock.Instant) {
        let method = incoming.request.method
        if method == .cancel { return cancel(incoming, at: now) }
        guard let responder = responders[method] else {
            return respond(method == .options ? capabilities(incoming) : notAllowed(incoming), to: incoming.id)
        }
        // For a datagram this runs here and now, up to the responder's first real suspension.
        let work = Task.immediate {
            let response = await responder(incoming)
            finish(response, of: incoming)
        }
        servers.setWork(work, for: incoming.id)
    }

    private func finish(_ response: Response, of incoming: IncomingRequest) {
        guard response.status.isFinal else {
            log.error("responder gave no final response", metadata: ["method": "\(incoming.request.method)"])
            return respond(incoming.response(.serverInternalError), to: incoming.id)
        }
        respond(response, to: incoming.id)
    }

    func respond(_ response: Response, to id: ServerTransactions.ID) {
        let now = ContinuousClock.now
        if response.status.isFinal, !servers.isAnswered(id) { counts.responses[response.status.code, default: 0] += 1 }
        carryOut(servers.respond(response, for: id, at: now))
        setAlarm(at: now)
    }

    /// RFC 3261 §9.2.
    private func cancel(_ incoming: IncomingRequest, at now: ContinuousClock.Instant) {
        guard let via = incoming.request.headers.topVia, let key = TransactionKey(cancelledBy: incoming.request, via: via),
              let invite = servers.invite(key) else {
            return respond(incoming.response(.callOrTransactionDoesNotExist), to: incoming.id)
        }
        let entry = servers[invite]
        respond(Response(to: incoming.request, .ok, toTag: entry?.toTag ?? incoming.toTag), to: incoming.id)
        guard !servers.isAnswered(invite), let entry, let request = entry.request else { return }
        entry.work?.cancel()
        respond(Response(to: request, .requestTerminated, toTag: entry.toTag), to: invite)
    }

    /// A response without a transaction: the request is not worth remembering.
    func refuse(_ request: Request, _ status: Status, over flow: Flow, retryAfter: Int? = nil) {
        guard let via = request.headers.topVia else { return drop(.unanswerable) }
        counts.responses[status.code, default: 0] += 1
        var response = Response(to: request.marked(via, receivedFrom: flow.remote), status, toTag: Token.random())
        if let retryAfter { response.headers.retryAfter = retryAfter }
        _ = write(response.encoded(), over: request.replyFlow(via, over: flow))
    }

    private var allowed: String {
        let always: Set<Method> = responders[.invite] == nil ? [.options] : [.options, .ack, .cancel]
        return always.union(responders.keys).map(\.token).sorted().joined(separator: ", ")
    }

    private func capabilities(_ incoming: IncomingRequest) -> Response {
        var response = incoming.response(.ok)
        response.headers[.allow] = allowed
        response.headers[.accept] = settings.accept.joined(separator: ", ")
        if !settings.supported.isEmpty { response.headers[.supported] = settings.supported.joined(separator: ", ") }
        return response
    }

    private func notAllowed(_ incoming: IncomingRequest) -> Response {
        var response = incoming.response(.methodNotAllowed)
        response.headers[.allow] = allowed
        return response
    }
}
