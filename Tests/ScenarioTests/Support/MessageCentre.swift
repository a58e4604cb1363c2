import Exchange
import MMS
import Synchronization
import Telephony

/// The carrier's message centre: it holds what was announced until it is told that it was fetched, and takes what is sent.
final class MessageCentre: Sendable {
    private struct State {
        var held: [String: [UInt8]] = [:]
        var acknowledged: Set<String> = []
        var posted: [SendRequest] = []
    }

    private let state = Mutex(State())

    /// Transactions that it was told the end of.
    var acknowledged: Set<String> { state.withLock(\.acknowledged) }
    var posted: [SendRequest] { state.withLock(\.posted) }
    var isEmpty: Bool { state.withLock { $0.held.keys.allSatisfy($0.acknowledged.contains) } }

    /// Holds a message; returns its notice.
    func hold(_ message: RetrieveConfirmation, as name: String, until expiry: Expiry = .relative(seconds: 86_400)) -> Push {
        let octets = PDU.retrieveConfirmation(message).encoded()
        state.withLock { $0.held[name] = octets }
        let notice = NotificationIndication(
            transactionID: name, contentLocation: "http://mmsc.example/\(name)", from: message.from, messageSize: octets.count, expiry: expiry)
        return Push(.notificationIndication(notice))
    }

    func fetch(_ announcement: Announcement) -> [UInt8]? { state.withLock { $0.held[announcement.transaction] } }

    func end(_ transaction: String) { state.withLock { _ = $0.acknowledged.insert(transaction) } }

    /// Takes a message over and names it.
    func take(_ octets: [UInt8]) throws -> String {
        guard case .sendRequest(let request) = try PDU(decoding: octets) else { return "" }
        return state.withLock { state in
            state.posted.append(request)
            return "message-\(state.posted.count)"
        }
    }
}

/// Fetches from the message centre as long as the process lives.
struct ScriptedMultimedia: MultimediaTrunk {
    let centre: MessageCentre
    let plug: Plug
    /// What the centre does instead of giving.
    var outage: Failure?

    var limits: MultimediaLimits { .cautious }

    func retrieve(_ announcement: Announcement) async -> RetrievalOutcome {
        if let outage { return .deferred(outage, until: nil) }
        do {
            try plug.pass("before a picture is fetched")
            guard let octets = centre.fetch(announcement) else { return .gone(Failure(.http(404))) }
            try plug.pass("after a picture was fetched")
            return .retrieved(octets)
        } catch {
            return .deferred(Failure(.unreachable), until: nil)
        }
    }

    func acknowledge(_ announcement: Announcement, _ acknowledgement: RetrievalAcknowledgement) async -> Failure? {
        do {
            try plug.pass("before the centre is told")
            centre.end(announcement.transaction)
            try plug.pass("after the centre was told")
            return nil
        } catch {
            return Failure(.unreachable)
        }
    }
}
