import Exchange
import Telephony
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(base: .seconds(5), ceiling: .seconds(600), jitter: 0.25)

    @Test(arguments: [(1, 5), (2, 10), (3, 20), (7, 320), (8, 600), (9, 600), (1_000_000, 600), (0, 5), (-3, 5)])
    func `waits double up to the ceiling`(attempt: Int, seconds: Int) {
        #expect(policy.wait(after: attempt, fraction: 0) == .seconds(seconds))
    }

    @Test(arguments: [(0.0, 20_000), (0.5, 17_500), (0.999_999, 15_000)])
    func `jitter shortens a wait by up to its share`(fraction: Double, milliseconds: Int) {
        #expect(policy.wait(after: 3, fraction: fraction) == .milliseconds(milliseconds))
    }

    @Test func `a deferral without a time waits by the policy`() {
        let result = result(of: .deferred(.away, until: nil), attempt: 2)
        #expect(result == .deferred(.away, until: start + .seconds(10)))
    }

    @Test func `a deferral with a time waits for it, however far, but not beyond its expiry`() {
        #expect(result(of: .deferred(.away, until: start + .seconds(77))) == .deferred(.away, until: start + .seconds(77)))
        #expect(result(of: .deferred(.away, until: .distantFuture)) == .deferred(.away, until: start + .seconds(3600)))
    }

    @Test func `what waits for the clock and would come too late is given up now, with the reason it failed for`() {
        guard case .failed(let failure) = result(of: .deferred(.away, until: nil), now: start + .seconds(3597)) else {
            Issue.record("it was not given up")
            return
        }
        #expect(failure.cause == .expired)
        #expect(failure.sentence == "It waited too long and was given up: It could not be reached.")
    }

    @Test(arguments: [nil, Instant.distantFuture])
    func `what has expired is given up whatever it waited for`(until: Instant?) {
        guard case .failed(let failure) = result(of: .deferred(.away, until: until), now: start + .seconds(3600)) else {
            Issue.record("it was not given up")
            return
        }
        #expect(failure.cause == .expired)
    }

    @Test(arguments: [
        (Outcome.accepted(reference: "7"), Settlement.Result.accepted(reference: "7")), (.failed(.away), .failed(.away)), (.inDoubt(.away), .inDoubt(.away)),
    ])
    func `every other outcome stands as it is, even after the expiry`(outcome: Outcome, expected: Settlement.Result) {
        #expect(result(of: outcome, now: start + .seconds(9999)) == expected)
    }

    // MARK: - What may have left

    @Test(arguments: [(0, false, Repetition.costly, false), (0, true, .costly, false), (0, false, .harmless, false), (0, true, .harmless, true), (1, false, .costly, true)])
    func `nobody is told that a text failed while it may have left`(doubts: Int, wasHandedOver: Bool, repetition: Repetition, mayHaveLeft: Bool) {
        let policy = RetryPolicy(repetition: repetition)
        let claim = claim(outgoing(), attempt: 2, earlierDoubts: doubts, wasHandedOver: wasHandedOver)
        for found in [nil, Outcome.deferred(.away, until: nil)] {
            switch policy.result(ofLate: claim, found: found) {
            case .inDoubt(let failure): #expect(mayHaveLeft && failure.disposition == .inDoubt)
            case .failed(let failure): #expect(!mayHaveLeft && failure.cause == .expired)
            default: Issue.record("it goes on")
            }
        }
        #expect(policy.result(ofLate: claim, found: .accepted(reference: "7")) == .accepted(reference: "7"))
        #expect(policy.result(ofLate: claim, found: .failed(.away)) == .failed(.away))
    }

    @Test func `a second attempt that ends in vain leaves the first in doubt`() {
        let claim = claim(outgoing(), attempt: 2, earlierDoubts: 1)
        guard case .inDoubt = policy.result(of: .deferred(.away, until: nil), claim: claim, now: start + .seconds(3600), fraction: 0) else {
            Issue.record("it was given up")
            return
        }
    }

    @Test(arguments: [(3597, 3600), (3600, 3600), (4000, 4000)])
    func `where a repetition is harmless a text waits for its expiry, at which its trunk is asked`(now: Int, due: Int) {
        let result = RetryPolicy(jitter: 0, repetition: .harmless).result(
            of: .deferred(.away, until: nil), claim: claim(outgoing()), now: start + .seconds(now), fraction: 0)
        #expect(result == .deferred(.away, until: start + .seconds(due)))
    }

    private func result(of outcome: Outcome, attempt: Int = 1, now: Instant = start) -> Settlement.Result {
        policy.result(of: outcome, claim: claim(outgoing(), attempt: attempt), now: now, fraction: 0)
    }
}

extension Failure {
    static let away = Failure(.unreachable)
}
