import NIOCore
import NIOPosix

/// The doors of the modems: terminals, listeners, and what goes through them.
extension ModemHost {
    func opened(_ channel: any Channel, of number: String) {
        guard places[number]?.isPlugged == true else { return channel.close(promise: nil) }
        places[number]?.channels.append(channel)
    }

    func typed(_ octets: [UInt8], on channel: any Channel, of number: String) {
        if let last = places[number]?.channels.last, last !== channel, places[number]?.isPlugged == true {
            places[number]?.channels.removeAll { $0 === channel }
            places[number]?.channels.append(channel)
        }
        trace?("<- \(visible(octets))")
        tell(number, .typed(octets, at: clock()))
    }

    func closed(_ channel: any Channel, of number: String) {
        places[number]?.channels.removeAll { $0 === channel }
    }

    func openTerminals(of number: String) throws {
        guard let place = places[number] else { return }
        for case .pseudoTerminal(let link) in place.ports {
            let terminal = try PseudoTerminal(link: link)
            places[number]?.terminals.append(terminal)
            NIOPipeBootstrap(group: eventLoop)
                .channelOption(.allowRemoteHalfClosure, value: false)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(TerminalLink(of: number, host: self)) }
                }
                .takingOwnershipOfDescriptor(inputOutput: terminal.master)
                .whenFailure { [trace] error in trace?("!! \(error)") }
        }
    }

    func listen(for number: String, host: String, port: Int) async throws -> any Channel {
        try await ServerBootstrap(group: eventLoop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(TerminalLink(of: number, host: self)) }
            }
            .bind(host: host, port: port).get()
    }

    func unplug(_ number: String) {
        guard let place = places[number] else { return }
        places[number]?.isPlugged = false
        places[number]?.terminals = []
        places[number]?.channels = []
        places[number]?.lostOctets = place.terminals.map(\.unread).reduce(0, +)
        place.terminals.forEach { $0.remove() }
        place.channels.forEach { $0.close(promise: nil) }
    }

    func plug(_ number: String) {
        guard places[number]?.isPlugged == false else { return }
        places[number]?.isPlugged = true
        do {
            try openTerminals(of: number)
        } catch {
            trace?("!! \(error)")
        }
    }

    func write(_ octets: [UInt8], to number: String) {
        trace?("-> \(visible(octets))")
        // Nobody reads: a modem's own buffer would run over too.
        guard let channel = places[number]?.channels.last, channel.isWritable else { return }
        channel.writeAndFlush(ByteBuffer(bytes: octets), promise: nil)
    }

    private func visible(_ octets: [UInt8]) -> String {
        String(decoding: octets, as: UTF8.self).debugDescription
    }
}
