import Exchange
import Synchronization
import Telephony

/// Looks at a phone again and again. When it is back, what waited for it is due; when it stays away, its owner is told.
final class PhoneWatch: Sendable {
    fileprivate struct State {
        var health = Health(.starting, "The phone was not asked yet.")
        /// Since when it has not been answering.
        var awaySince: Instant?
        var isBackUntold = true
    }

    /// How long a phone may be away before its owner is told: it is carried through tunnels and is charged in time.
    static let patience: Duration = .seconds(15 * 60)
    static let topic = "handset.away"

    private let line: LineID
    private let inbox: Inbox
    private let notices: any OwnerNotices
    private let mint: Mint
    private let pause: Pause
    private let interval: Duration
    private let look: @Sendable () async -> PhoneSight
    private let returned: @Sendable () -> Void
    private let signal = WakeSignal()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - look: one look; it takes a bounded time.
    ///   - returned: the phone is there, for the first time or again.
    init(
        context: HandsetContext, every interval: Duration, look: @escaping @Sendable () async -> PhoneSight, returned: @escaping @Sendable () -> Void = {}
    ) {
        line = context.line
        inbox = context.inbox
        notices = context.notices
        mint = context.mint
        pause = context.pause
        self.interval = interval
        self.look = look
        self.returned = returned
    }

    var health: Health { state.withLock { $0.health } }

    /// Why nothing can be sent now; nil where it may be tried.
    var obstacle: Failure? {
        state.withLock { $0.awaySince == nil ? nil : Failure(.unreachable, $0.health.summary) }
    }

    /// Looks at once: something was heard of it, or something went wrong.
    func lookNow() { signal.ring() }

    func run() async {
        while !Task.isCancelled {
            await settle(look())
            await signal.wait(atMost: interval, pause: pause)
        }
    }

    private func settle(_ sight: PhoneSight) async {
        guard !Task.isCancelled else { return }
        let now = mint.now()
        let (isBack, awayFor) = state.withLock { $0.take(sight, now: now) }
        if isBack {
            returned()
            do {
                try await inbox.lineIsBack(line)
                state.withLock { $0.isBackUntold = false }
            } catch {
                // The ledger is asked again at the next look.
            }
            await notices.clear(line, topic: Self.topic, "The phone of the line \(line) is back.")
        } else if let awayFor, awayFor >= Self.patience {
            await notices.tell(line, topic: Self.topic, "The phone of the line \(line) has not been answering for \(awayFor.components.seconds / 60) minutes. \(health.summary)")
        }
    }
}

extension PhoneWatch.State {
    /// Whether what waited is to be told that the phone is there, and for how long it has been away.
    mutating func take(_ sight: PhoneSight, now: Instant) -> (isBack: Bool, awayFor: Duration?) {
        switch sight {
        case .present(let sentence, let facts):
            health = Health(.working, sentence, facts: facts)
            awaySince = nil
            return (isBackUntold, nil)
        case .troubled(let sentence):
            health = Health(.impaired, sentence)
            awaySince = nil
            return (isBackUntold, nil)
        case .away(let sentence):
            health = Health(.down, sentence)
            isBackUntold = true
            let since = awaySince ?? now
            awaySince = since
            return (false, now - since)
        }
    }
}
