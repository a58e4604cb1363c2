import NIOCore
import SIP

/// Octets out: to a socket or a connection, flushed once for each batch read.
extension UserAgent {
    func channel(for flow: Flow) -> (any Channel)? {
        switch flow.transport {
        case .udp:
            // After a restart on another address any socket of the family will do.
            sockets[flow.local] ?? sockets.first { $0.key.ip.family == flow.remote.ip.family }?.value
        case .tcp, .tls:
            connections[flow]?.channel
        }
    }

    /// False when the flow is gone or its peer does not read.
    func write(_ octets: [UInt8], over flow: Flow) -> Bool {
        guard let channel = channel(for: flow), channel.isActive else { return false }
        switch flow.transport {
        case .udp:
            // The system takes it amiss, and the channel would close.
            guard flow.remote.port != 0 else {
                drop(.unanswerable)
                return false
            }
            channel.write(AddressedEnvelope(remoteAddress: flow.remote.socketAddress, data: ByteBuffer(bytes: octets)), promise: nil)
        case .tcp, .tls:
            if !channel.isWritable { channel.flush() }
            guard channel.isWritable else {
                drop(.slowReader)
                close(flow)
                return false
            }
            channel.write(ByteBuffer(bytes: octets), promise: nil)
        }
        flush(channel)
        return true
    }

    /// An answer. Over UDP a source that has proven nothing is sent no more than came from it: what is kept back counts as sent.
    func answer(_ octets: [UInt8], over flow: Flow) -> Bool {
        guard flow.transport == .udp, !sources.lend(octets.count, to: flow.remote.ip, at: .now) else { return write(octets, over: flow) }
        drop(.amplification)
        return true
    }

    /// Forgets the connection first: whatever else is meant for this peer then finds no flow.
    func close(_ flow: Flow) {
        let channel = connections[flow]?.channel
        closed(flow)
        channel?.close(promise: nil)
    }

    private func flush(_ channel: any Channel) {
        guard isInBatch else { return channel.flush() }
        if unflushed.last !== channel { unflushed.append(channel) }
    }

    /// All that arrived together has been seen: answers go out together.
    func endBatch() {
        isInBatch = false
        for channel in unflushed { channel.flush() }
        unflushed.removeAll(keepingCapacity: true)
        setAlarm(at: .now)
    }

    func carryOut(_ actions: [ServerTransactions.Action]) {
        for action in actions {
            switch action {
            case .send(let octets, let flow, let id, let again):
                if again { counts.retransmissionsSent += 1 }
                if !answer(octets, over: flow) { carryOut(servers.transportFailed(id, at: .now)) }
            case .acknowledged:
                continue
            case .failed(_, let failure):
                log.debug("response not acknowledged", metadata: ["failure": "\(failure)"])
            }
        }
    }

    func carryOut(_ actions: [ClientTransactions.Action]) {
        for action in actions {
            switch action {
            case .send(let octets, let flow, let id, let again):
                if again { counts.retransmissionsSent += 1 }
                if !write(octets, over: flow) { carryOut(clients.transportFailed(id, at: .now)) }
            case .provisional(let response, let tell):
                tell(response)
            case .finish(let waiter, let result):
                waiter.resume(returning: result)
            case .giveUp(let flow):
                drop(.deadPeer)
                close(flow)
            }
        }
    }
}
