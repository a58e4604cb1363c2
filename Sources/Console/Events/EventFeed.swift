import Exchange
import HTTPStack
import Synchronization
import Telephony

/// Wakes the readers of the event stream when the ledger has something new.
///
/// Besides being woken it looks once a second while somebody reads, so that what another process wrote is seen as well.
public final class EventFeed: Service {
    public static let readerLimit = 32
    private static let lookEvery: Duration = .seconds(1)
    /// A busy ledger is not asked more often than this.
    private static let rest: Duration = .milliseconds(10)

    private struct State {
        var readers: [Int: WakeSignal] = [:]
        var opened = 0
    }

    private let ledger: any Ledger
    private let signal: WakeSignal
    private let pause: Pause
    private let state = Mutex(State())

    /// - Parameter signal: rung when the ledger may have changed; the feed is its only waiter.
    public init(ledger: any Ledger, signal: WakeSignal, pause: @escaping Pause) {
        self.ledger = ledger
        self.signal = signal
        self.pause = pause
    }

    public func run() async throws {
        var newest: Int64?
        while !Task.isCancelled {
            await signal.wait(atMost: readerCount > 0 ? Self.lookEvery : nil, pause: pause)
            let readers = state.withLock { $0.readers.values.map { $0 } }
            guard !readers.isEmpty, let last = try? await ledger.lastEntry(), last != newest else { continue }
            newest = last
            for reader in readers { reader.ring() }
            try? await pause(Self.rest)
        }
    }

    var readerCount: Int { state.withLock { $0.readers.count } }

    /// A reader that starts after an entry, or with what comes from now on.
    func open(after: Int64?) async throws -> EventReader {
        let position: Int64
        if let after { position = after } else { position = try await ledger.lastEntry() }
        let wake = WakeSignal()
        let place = state.withLock { state -> Int? in
            guard state.readers.count < Self.readerLimit else { return nil }
            state.opened += 1
            state.readers[state.opened] = wake
            return state.opened
        }
        guard let place else { throw Problem(503, "unavailable", "Too many readers of the event stream", retryAfter: 30) }
        signal.ring()
        return EventReader(ledger: ledger, position: position, wake: wake, pause: pause) { [weak self] in self?.close(place) }
    }

    private func close(_ place: Int) {
        state.withLock { $0.readers[place] = nil }
    }
}
