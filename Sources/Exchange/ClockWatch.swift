import Telephony

/// Looks whether the system's clock was set, and lets what waits keep the time it had left.
public struct ClockWatch: Service {
    private let clock: SteadyClock
    private let ledger: any Ledger
    private let workers: WakeGroup
    private let pause: Pause
    private let tell: @Sendable (Duration) -> Void

    static let interval: Duration = .seconds(1)

    /// `tell` is called after each step with its size, negative when the clock was set back.
    public init(
        _ clock: SteadyClock, ledger: any Ledger, workers: WakeGroup, pause: @escaping Pause, tell: @escaping @Sendable (Duration) -> Void
    ) {
        self.clock = clock
        self.ledger = ledger
        self.workers = workers
        self.pause = pause
        self.tell = tell
    }

    public func run() async throws {
        while !Task.isCancelled {
            do { try await pause(Self.interval) } catch { return }
            guard let step = clock.step() else { continue }
            do {
                try await ledger.clockWasSet(by: step, at: clock.now())
            } catch .broken(let detail) {
                throw LedgerError.broken(detail)
            } catch {
                // The old time goes on until the ledger can be told.
                continue
            }
            clock.adopt(step)
            workers.ring()
            tell(step)
        }
    }
}
