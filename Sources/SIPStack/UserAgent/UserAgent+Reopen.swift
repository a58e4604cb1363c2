import Logging
import NIOCore
import SIP

/// UDP sockets that closed by themselves. A datagram that the system refuses to send (no route, a firewall's rule, an address of ours that is
/// gone) costs the whole socket, and with it everybody who comes by it.
extension UserAgent {
    private static let shortestPause: Duration = .milliseconds(10)
    private static let longestPause: Duration = .seconds(10)

    /// Its address is opened again, unless it was we who closed the socket.
    func closed(_ socket: any Channel, at local: PeerAddress) {
        guard sockets[local] === socket else { return }
        sockets[local] = nil
        listeners.removeAll { $0 === socket }
        let address = ListenAddress(.udp, local.ip, port: local.port)
        reopening.append(address)
        noteTransportError()
        note(.error, "the system closed a UDP socket; it is opened again", ["address": "\(address)"])
        reopen(address, after: Self.shortestPause)
    }

    private func reopen(_ address: ListenAddress, after pause: Duration) {
        eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause)) {
            self.assumeIsolated { agent in
                _ = Task { await agent.reopen(address, havingPaused: pause) }
            }
        }
    }

    /// One try; another follows after twice the pause.
    private func reopen(_ address: ListenAddress, havingPaused pause: Duration) async {
        guard reopening.contains(address) else { return }
        do {
            let socket = try await bindUDP(address)
            // We may have been stopped meanwhile.
            guard reopening.contains(address) else { return socket.close(promise: nil) }
            try serve(socket, boundTo: address)
            reopening.removeAll { $0 == address }
            note(.notice, "UDP socket opened again", ["address": "\(address)"])
        } catch {
            note(.error, "a UDP socket cannot be opened again yet", ["address": "\(address)", "error": "\(error)"])
            reopen(address, after: min(pause * 2, Self.longestPause))
        }
    }

    /// Why nothing can be sent over the flow: a connection that is gone stays gone, a socket comes back.
    func absence(of flow: Flow) -> SendFailure {
        let comesBack = flow.transport == .udp && reopening.contains { $0.ip.family == flow.remote.ip.family }
        return comesBack ? .unreachable("its socket is being opened again") : .flowGone
    }
}
