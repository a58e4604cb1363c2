import Telephony

/// When a delivery that failed is tried again, and when it is given up. A pure function of what happened.
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first failure; each further one doubles it.
    public var base: Duration
    public var ceiling: Duration
    /// Waits are shortened by up to this share, so that what failed together is not retried together.
    public var jitter: Double
    public var doubt: DoubtPolicy
    /// What a deferral says: where a repetition is harmless, something may have been handed over all the same.
    public var repetition: Repetition

    public init(
        base: Duration = .seconds(5), ceiling: Duration = .seconds(600), jitter: Double = 0.25, doubt: DoubtPolicy = .hold, repetition: Repetition = .costly
    ) {
        self.base = base
        self.ceiling = ceiling
        self.jitter = jitter
        self.doubt = doubt
        self.repetition = repetition
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
            // At its expiry its trunk is asked what became of it.
            if repetition == .harmless { return .deferred(failure, until: min(due, max(now, claim.delivery.expires))) }
            // One that waits for an event (a registration) may wait until its expiry; one that waits for the clock must come before it.
            let isHopeless = now >= claim.delivery.expires || (until == nil && due >= claim.delivery.expires)
            return isHopeless ? givenUp(claim, because: failure.sentence) : .deferred(failure, until: min(due, claim.delivery.expires))
        }
    }

    /// What becomes of a delivery that is claimed when it has expired; `found` is what its trunk knows of earlier attempts.
    public func result(ofLate claim: Claim, found: Outcome?) -> Settlement.Result {
        switch found {
        case .accepted(let reference): .accepted(reference: reference)
        case .failed(let failure): .failed(failure)
        case .inDoubt(let failure): .inDoubt(failure)
        case .deferred(let failure, _): givenUp(claim, because: failure.sentence)
        case nil: givenUp(claim)
        }
    }

    /// Nobody is told that it failed while an earlier attempt's fate is unknown: it may have left.
    private func givenUp(_ claim: Claim, because reason: String = "") -> Settlement.Result {
        let mayHaveLeft = claim.earlierDoubts > 0 || (repetition == .harmless && claim.wasHandedOver)
        return mayHaveLeft ? .inDoubt(Failure(.lostAnswer, "it waited too long to be asked for again")) : .failed(Failure(.expired, reason))
    }
}
