import Telephony

/// When a delivery that failed is tried again, and when it is given up. A pure function of what happened.
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first failure; each further one doubles it.
    public var base: Duration
    public var ceiling: Duration
    /// Waits are shortened by up to this share, so that what failed together is not retried together.
    public var jitter: Double
    public var doubt: DoubtPolicy

    public init(base: Duration = .seconds(5), ceiling: Duration = .seconds(600), jitter: Double = 0.25, doubt: DoubtPolicy = .hold) {
        self.base = base
        self.ceiling = ceiling
        self.jitter = jitter
        self.doubt = doubt
    }

    /// The wait before the attempt after `attempt` (1 for the first); `fraction` in 0..<1 is the caller's randomness.
    public func wait(after attempt: Int, fraction: Double) -> Duration {
        let doublings = min(max(0, attempt - 1), 20)
        let full = min(Double(base.wholeMilliseconds) * Double(1 << doublings), Double(ceiling.wholeMilliseconds))
        return .milliseconds(Int64(full * (1 - jitter * fraction)))
    }

    /// What an attempt's outcome means for its delivery.
    public func result(of outcome: Outcome, claim: Claim, now: Instant, fraction: Double) -> Settlement.Result {
        switch outcome {
        case .accepted(let reference):
            return .accepted(reference: reference)
        case .failed(let failure):
            return .failed(failure)
        case .inDoubt(let failure):
            let isRepeated = doubt.sendsAgain(claim.delivery, earlierDoubts: claim.earlierDoubts, now: now)
            return isRepeated ? .repeated(failure) : .inDoubt(failure)
        case .deferred(let failure, let until):
            let due = until ?? now + wait(after: claim.attempt.number, fraction: fraction)
            // One that waits for an event (a registration) may wait until its expiry; one that waits for the clock must come before it.
            let isHopeless = now >= claim.delivery.expires || (until == nil && due >= claim.delivery.expires)
            return isHopeless ? .failed(Failure(.expired, failure.sentence)) : .deferred(failure, until: min(due, claim.delivery.expires))
        }
    }
}
