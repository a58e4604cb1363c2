import SIP
import Wire

/// Octets and messages in: who may speak, what is a message, whose it is.
extension UserAgent {
    /// Datagrams that were read together: those of known sources are served now, the others when there is time.
    func receive(_ datagrams: [Datagram]) {
        isInBatch = true
        let now = ContinuousClock.now
        for datagram in datagrams { receive(datagram, at: now) }
        endBatch()
        serveStrangersSoon()
    }

    private func receive(_ datagram: Datagram, at now: ContinuousClock.Instant) {
        let octets = datagram.octets, flow = datagram.flow
        guard octets.contains(where: { $0 > 0x20 }) else {
            // Line ends and zeros keep a NAT's mapping open; over UDP nobody waits for an answer.
            counts.keepAlives += 1
            return
        }
        // Nobody sends from port 0, and nobody can be answered there.
        guard flow.remote.port != 0 else { return drop(.unanswerable) }
        switch sources.admit(flow.remote.ip, octets: octets.count, at: now) {
        case .admit: break
        case .tooFast: return drop(.tooFast)
        case .blocked: return drop(.blocked)
        }
        if sources.isTrusted(flow.remote.ip, at: now) { return decode(octets, over: flow) }
        if !strangers.append(.datagram(octets), over: flow) { drop(.overload) }
    }

    func decode(_ octets: [UInt8], over flow: Flow) {
        guard octets.count <= settings.transport.datagramSize else {
            // The rest of it was cut off, so that it says something else than its sender meant.
            drop(.tooLong)
            if let remains = Request(remainsOf: octets) { refuse(remains, .messageTooLarge, over: flow) }
            return
        }
        do throws(DecodeError) {
            receive(try Message(decoding: octets), over: flow, at: .now)
        } catch {
            let remains = Request(remainsOf: octets)
            noteGarbage(error, over: flow)
            if let remains { refuse(remains, .badRequest, over: flow) }
        }
    }

    /// A message of a connection.
    func receive(_ message: Message, over flow: Flow) {
        isInBatch = true
        let now = ContinuousClock.now
        switch sources.admit(flow.remote.ip, octets: 0, at: now) {
        case .admit:
            if isProven(flow) { return receive(message, over: flow, at: now) }
            guard !strangers.append(.message(message), over: flow) else { return serveStrangersSoon() }
            drop(.overload)
            turnAway(message, over: flow)
        case .tooFast:
            drop(.tooFast)
            turnAway(message, over: flow)
            closeUnlessProven(flow)
        case .blocked:
            drop(.blocked)
            close(flow)
        }
    }

    /// A stranger who says more than may be heard is not read any further: reading is work too.
    private func closeUnlessProven(_ flow: Flow) {
        guard !isProven(flow) else { return }
        connections[flow]?.channel.flush()
        close(flow)
    }

    /// Whether the peer of a connection is known: by this connection, or by its address.
    func isProven(_ flow: Flow) -> Bool {
        connections[flow]?.isProven == true || sources.isTrusted(flow.remote.ip, at: .now)
    }

    private func turnAway(_ message: Message, over flow: Flow) {
        guard case .request(let request) = message, request.method != .ack else { return }
        refuse(request, .serviceUnavailable, over: flow, retryAfter: 5)
    }

    /// A keep-alive of a connection; it counts towards its source's rate like a message.
    func answerPing(over flow: Flow) {
        isInBatch = true
        switch sources.admit(flow.remote.ip, octets: 0, at: .now) {
        case .admit:
            counts.keepAlives += 1
            _ = write([0x0D, 0x0A], over: flow)
        case .tooFast:
            drop(.tooFast)
            closeUnlessProven(flow)
        case .blocked:
            drop(.blocked)
            close(flow)
        }
    }

    func noteGarbage(_ error: DecodeError, over flow: Flow) {
        drop(.garbage)
        note(.debug, "not SIP", ["source": "\(flow.remote)", "error": "\(error)"])
        // Whose address stands on a datagram need not have sent it, and is not shut out for it; its rate bounds it.
        if flow.transport != .udp { record(.garbage, by: flow.remote.ip) }
    }

    func receive(_ message: Message, over flow: Flow, at now: ContinuousClock.Instant) {
        switch message {
        case .request(let request):
            receive(request, over: flow, at: now)
        case .response(let response):
            guard ResponseCheck.verdict(for: response) == .ok, let actions = clients.receive(response, at: now) else {
                return drop(.unmatchedResponse)
            }
            carryOut(actions)
        }
        setAlarm(at: now)
    }

    private func receive(_ request: Request, over flow: Flow, at now: ContinuousClock.Instant) {
        counts.requests[isServed(request.method) ? request.method.token : "OTHER", default: 0] += 1
        switch RequestCheck.verdict(for: request) {
        case .ok:
            break
        case .drop(let reason):
            note(.debug, "request dropped", ["source": "\(flow.remote)", "reason": "\(reason)"])
            return drop(.unanswerable)
        case .reject(let status, let reason):
            note(.debug, "request refused", ["source": "\(flow.remote)", "reason": "\(reason)"])
            return refuse(request, status, over: flow)
        }
        guard let via = request.headers.topVia, let key = TransactionKey(of: request, via: via) else { return drop(.unanswerable) }
        guard request.method != .ack else { return acknowledge(key, at: now) }
        begin(request, via: via, key: key, over: flow, at: now)
    }

    private func acknowledge(_ key: TransactionKey, at now: ContinuousClock.Instant) {
        guard let actions = servers.acknowledge(key, at: now) else { return drop(.unmatchedAcknowledgement) }
        carryOut(actions)
    }

    private func isServed(_ method: Method) -> Bool {
        responders[method] != nil || method == .options || method == .ack || method == .cancel
    }
}
