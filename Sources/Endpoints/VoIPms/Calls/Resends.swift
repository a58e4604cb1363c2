import Exchange
import Synchronization
import Telephony

/// Knows a client that asks again because its connection broke before it was answered.
///
/// The same text to the same number is sent as often as it is asked for: people mean it. Only what a client cannot know to have been taken is
/// taken once: the same from the same account within two minutes, when the connection that asked first ended without its answer, or when the
/// process did. See `Docs/Decisions/0011-repeated-requests.md`.
final class Resends: Sendable {
    /// What makes two requests the same.
    struct Sending: Hashable, Sendable {
        let account: String
        let line: LineID
        let recipient: Address
        let parts: [Part]
    }

    private struct Underway {
        let key: String
        let isAbandoned: @Sendable () async -> Bool
    }

    private struct State {
        var underway: [Sending: Underway] = [:]
        /// Those whose answer was not read, with the time until which the same is a repetition.
        var lost: [Sending: (key: String, until: Instant)] = [:]
        var knowsThePast = false
    }

    static let window: Duration = .seconds(120)
    /// As many as are remembered.
    static let limit = 1024

    private let endpoint: EndpointID
    private let ledger: any Ledger
    private let lines: [LineID]
    private let mint: Mint
    private let state = Mutex(State())

    init(endpoint: EndpointID, ledger: any Ledger, lines: [LineID], mint: Mint) {
        self.endpoint = endpoint
        self.ledger = ledger
        self.lines = lines
        self.mint = mint
    }

    /// The idempotency key under which this is to be submitted: a new one, or the one of the request that it repeats.
    func key(of sending: Sending, isAbandoned: @escaping @Sendable () async -> Bool) async -> String {
        await recall()
        let now = mint.now()
        let (known, earlier) = state.withLock { state -> (String?, Underway?) in
            if let lost = state.lost[sending], Self.isGood(until: lost.until, now) { return (lost.key, nil) }
            return (nil, state.underway[sending])
        }
        var key = known
        if key == nil, let earlier, await earlier.isAbandoned() { key = earlier.key }
        let chosen = key ?? mint.identifier(Submission.self).description
        state.withLock { state in
            if key != nil || state.underway[sending] == nil { state.underway[sending] = Underway(key: chosen, isAbandoned: isAbandoned) }
        }
        return chosen
    }

    /// It is about to be answered.
    func answers(_ sending: Sending, key: String) {
        state.withLock { state in
            if state.underway[sending]?.key == key { state.underway[sending] = nil }
            if state.lost[sending]?.key == key { state.lost[sending] = nil }
        }
    }

    /// The answer was not read.
    func lost(_ sending: Sending, key: String) {
        let now = mint.now()
        state.withLock { state in
            if state.lost.count >= Self.limit { state.lost = state.lost.filter { Self.isGood(until: $0.value.until, now) } }
            guard state.lost.count < Self.limit else { return }
            state.lost[sending] = (key, now + Self.window)
        }
    }

    /// One that is good for longer than any was told by a clock that has been set back since.
    private static func isGood(until end: Instant, _ now: Instant) -> Bool { end > now && end <= now + window * 2 }

    /// Whether those whom the last process answered have read it nobody knows.
    private func recall() async {
        guard !state.withLock({ $0.knowsThePast }) else { return }
        let now = mint.now()
        let selection = MessageSelection(
            lines: lines, reader: endpoint.name, recorded: (now - Self.window)..<(now + Self.window), direction: .outgoing, limit: Self.limit)
        guard let found = try? await ledger.messages(selection) else { return }
        state.withLock { state in
            guard !state.knowsThePast else { return }
            state.knowsThePast = true
            for message in found.map(\.message) where message.origin?.endpoint == endpoint {
                guard let reference = message.origin?.reference, let recipient = message.participants.first else { continue }
                let (account, key) = Self.parts(of: reference)
                let sending = Sending(account: account, line: message.line, recipient: recipient, parts: message.parts)
                state.lost[sending] = (key, message.recordedAt + Self.window)
            }
        }
    }

    /// By which the ledger knows a submission: the account and the key.
    static func reference(account: String, key: String) -> String { "\(account)/\(key)" }

    private static func parts(of reference: String) -> (account: String, key: String) {
        let halves = reference.split(separator: "/", maxSplits: 1).map(String.init)
        return (halves.first ?? "", halves.last ?? "")
    }
}
