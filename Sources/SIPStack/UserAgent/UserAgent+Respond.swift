import SIP

/// Server side: transactions begun, responders asked, responses sent.
extension UserAgent {
    /// A request that is not ACK.
    func begin(_ request: Request, via: Via, key: TransactionKey, over flow: Flow, at now: ContinuousClock.Instant) {
        guard let reply = request.replyFlow(via, over: flow) else { return drop(.unanswerable) }
        let marked = request.marked(via, receivedFrom: flow.remote)
        let toTag = Token.tag(for: request)
        if let response = immediateResponse(to: marked, via: via, toTag: toTag) { return send(response, reply) }
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

    /// What is the same however often it is asked, and therefore takes no transaction (RFC 3261 §8.2.7).
    private func immediateResponse(to request: Request, via: Via, toTag: String) -> Response? {
        if request.method == .cancel {
            let isForNothing = TransactionKey(cancelledBy: request, via: via).flatMap { servers.invite($0) } == nil
            return isForNothing ? Response(to: request, .callOrTransactionDoesNotExist, toTag: toTag) : nil
        }
        guard responders[request.method] != nil || request.method == .options else { return notAllowed(request, toTag: toTag) }
        let unknown = request.headers.unknownRequirements(known: Set(settings.supported))
        guard unknown.isEmpty else {
            var response = Response(to: request, .badExtension, toTag: toTag)
            response.headers.unsupported = unknown
            return response
        }
        return responders[request.method] == nil ? capabilities(request, toTag: toTag) : nil
    }

    private func serve(_ incoming: IncomingRequest, at now: ContinuousClock.Instant) {
        if incoming.request.method == .cancel { return cancel(incoming, at: now) }
        guard let responder = responders[incoming.request.method] else { return }
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
        let isChallenge = response.status == .unauthorized || response.status == .proxyAuthenticationRequired
        carryOut(isChallenge ? servers.respondOnce(response, for: id) : servers.respond(response, for: id, at: now))
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

    /// A response without a transaction: the request is not worth remembering. Where its Via cannot be read the answer goes to where the request
    /// came from.
    func refuse(_ request: Request, _ status: Status, over flow: Flow, retryAfter: Int? = nil) {
        let via = request.headers.topVia
        guard let reply = via.map({ request.replyFlow($0, over: flow) }) ?? flow else { return drop(.unanswerable) }
        let marked = via.map { request.marked($0, receivedFrom: flow.remote) } ?? request
        var response = Response(to: marked, status, toTag: Token.tag(for: request))
        if let retryAfter { response.headers.retryAfter = retryAfter }
        send(response, reply)
    }

    private func send(_ response: Response, _ reply: Flow) {
        counts.responses[response.status.code, default: 0] += 1
        _ = answer(response.encoded(), over: reply)
    }

    private var allowed: String {
        let always: Set<Method> = responders[.invite] == nil ? [.options] : [.options, .ack, .cancel]
        return always.union(responders.keys).map(\.token).sorted().joined(separator: ", ")
    }

    private func capabilities(_ request: Request, toTag: String) -> Response {
        var response = Response(to: request, .ok, toTag: toTag)
        response.headers[.allow] = allowed
        response.headers[.accept] = settings.accept.joined(separator: ", ")
        if !settings.supported.isEmpty { response.headers[.supported] = settings.supported.joined(separator: ", ") }
        return response
    }

    private func notAllowed(_ request: Request, toTag: String) -> Response {
        var response = Response(to: request, .methodNotAllowed, toTag: toTag)
        response.headers[.allow] = allowed
        return response
    }
}
