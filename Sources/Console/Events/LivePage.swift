import Exchange
import Synchronization
import Telephony

/// One open page. What it is told gathers until it takes it, so a page that reads nothing holds a few numbers.
final class LivePage: Sendable {
    private struct State {
        var conversations: Set<Int64> = []
        var position: Int64 = 0
        var hasBegun = false
        var isBeaten = false
        var isOver = false
        var onClose: (@Sendable () -> Void)?

        mutating func take() -> Taken {
            if isOver { return .end }
            guard hasBegun else {
                hasBegun = true
                return .piece(Array("retry: 3000\n\n".utf8))
            }
            defer {
                conversations = []
                isBeaten = false
            }
            guard conversations.isEmpty else {
                let numbers = conversations.sorted().map { "\($0)" }.joined(separator: " ")
                return .piece(Array("id: \(position)\ndata: \(numbers)\n\n".utf8))
            }
            return isBeaten ? .piece(Array(":\n\n".utf8)) : .nothing
        }
    }

    private enum Taken { case piece([UInt8]), end, nothing }

    /// Conversations that are told apart; more are one piece of news.
    private static let most = 100
    /// No conversation has this number.
    private static let unknown: Int64 = 0

    let visitor: Visitor
    private let wake = WakeSignal()
    private let state = Mutex(State())

    init(visitor: Visitor) { self.visitor = visitor }

    deinit { state.withLock { $0.onClose }?() }

    func whenClosed(_ work: @escaping @Sendable () -> Void) { state.withLock { $0.onClose = work } }

    /// Of what its visitor may see.
    func note(_ news: [Int64: LineID], upTo position: Int64) {
        guard !news.isEmpty else { return }
        state.withLock { state in
            state.conversations = Set(state.conversations.union(news.keys).prefix(Self.most))
            state.position = max(state.position, position)
        }
        wake.ring()
    }

    /// More came than is looked through: whatever it is, the page asks for itself anew.
    func noteUnknown(upTo position: Int64) {
        state.withLock { state in
            state.conversations.insert(Self.unknown)
            state.position = max(state.position, position)
        }
        wake.ring()
    }

    func beat() {
        state.withLock { $0.isBeaten = true }
        wake.ring()
    }

    func end() {
        state.withLock { $0.isOver = true }
        wake.ring()
    }

    /// The next piece of its stream (server-sent events, WHATWG HTML §9.2); nil at its end.
    func next() async -> [UInt8]? {
        while !Task.isCancelled {
            switch state.withLock({ $0.take() }) {
            case .piece(let octets): return octets
            case .end: return nil
            case .nothing: await wake.wait()
            }
        }
        return nil
    }
}
