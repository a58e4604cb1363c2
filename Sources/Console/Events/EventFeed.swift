import Exchange
import HTTPStack
import Synchronization
import Telephony

/// Wakes the readers of the API's event stream, and tells open pages, when the ledger has something new.
///
/// Besides being woken it looks once a second while somebody reads, so that what another process wrote is seen as well.
public final class EventFeed: Service {
    public static let readerLimit = 32
    private static let lookEvery: Duration = .seconds(1)
    /// A busy ledger is not asked more often than this.
    private static let rest: Duration = .milliseconds(10)
    /// How often pages hear a word, new or not: proxies close what is silent for a minute.
    private static let beatEvery: Duration = .seconds(15)

    private struct State {
        var readers: [Int: WakeSignal] = [:]
        var opened = 0
    }

    private let ledger: any Ledger
    private let signal: WakeSignal
    private let pause: Pause
    private let state = Mutex(State())
    private let pages: LivePages

    /// - Parameter signal: rung when the ledger may have changed; the feed is its only waiter.
    public init(ledger: any Ledger, signal: WakeSignal, pause: @escaping Pause) {
        self.ledger = ledger
        self.signal = signal
        self.pause = pause
        pages = LivePages(ledger: ledger)
    }

    public func run() async throws {
        var newest: Int64?
        var beaten = ContinuousClock.now
        while !Task.isCancelled {
            let isWatched = readerCount > 0 || pages.count > 0
            await signal.wait(atMost: isWatched ? Self.lookEvery : nil, pause: pause)
            if ContinuousClock.now - beaten >= Self.beatEvery {
                beaten = .now
                pages.beat()
            }
            let readers = state.withLock { $0.readers.values.map { $0 } }
            guard !readers.isEmpty || pages.count > 0, let last = try? await ledger.lastEntry(), last != newest else { continue }
            newest = last
            for reader in readers { reader.ring() }
            try? await pages.tell()
            try? await pause(Self.rest)
        }
    }

    var pageCount: Int { pages.count }

    /// A page of somebody's that knows everything up to an entry.
    func openPage(for visitor: Visitor, after: Int64?) async throws -> LivePage {
        try await pages.open(for: visitor, after: after) { signal.ring() }
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
