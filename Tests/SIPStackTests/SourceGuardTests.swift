@testable import SIPStack
import Testing

/// The value in a box, so that an expectation can change it.
private final class Guardian {
    private var sources: SourceGuard

    init(_ settings: SourceGuard.Settings) { sources = SourceGuard(settings) }

    var count: Int { sources.count }
    var blocksImposed: Int { sources.blocksImposed }
    func admit(_ address: IPAddress, octets: Int = 0, at now: ContinuousClock.Instant) -> SourceGuard.Verdict { sources.admit(address, octets: octets, at: now) }
    func lend(_ octets: Int, to address: IPAddress, at now: ContinuousClock.Instant) -> Bool { sources.lend(octets, to: address, at: now) }
    func isTrusted(_ address: IPAddress, at now: ContinuousClock.Instant) -> Bool { sources.isTrusted(address, at: now) }
    @discardableResult
    func record(_ offence: SourceGuard.Offence, severity: Int = 1, by address: IPAddress, at now: ContinuousClock.Instant) -> Bool {
        sources.record(offence, by: address, severity: severity, at: now)
    }
    func recordSuccess(by address: IPAddress, at now: ContinuousClock.Instant) { sources.recordSuccess(by: address, at: now) }
    func isBlocked(_ address: IPAddress, at now: ContinuousClock.Instant) -> Bool { sources.isBlocked(address, at: now) }
    func blocked(at now: ContinuousClock.Instant) -> [IPAddress] { sources.blocked(at: now) }
}

@Suite struct SourceGuardTests {
    private let start = ContinuousClock.now
    private let mallory = IPAddress(v4: 0xC000_0201), alice = IPAddress(v4: 0xC633_6401)

    private func makeGuard(_ change: (inout SourceGuard.Settings) -> Void = { _ in }) -> Guardian {
        var settings = SourceGuard.Settings(rate: 10, burst: 20, failureCost: 5, failureLimit: 4, trustedFailureLimit: 8)
        change(&settings)
        return Guardian(settings)
    }

    @Test func `a source may burst, then goes at its rate, others are not slowed`() {
        let guardian = makeGuard()
        for _ in 0..<20 { #expect(guardian.admit(mallory, at: start) == .admit) }
        #expect(guardian.admit(mallory, at: start) == .tooFast)
        #expect(guardian.admit(alice, at: start) == .admit)
        #expect(guardian.admit(mallory, at: start + .milliseconds(99)) == .tooFast)
        #expect(guardian.admit(mallory, at: start + .milliseconds(101)) == .admit)
        #expect(guardian.admit(mallory, at: start + .milliseconds(102)) == .tooFast)
    }

    @Test func `failed logins slow, then block, each time for longer`() {
        let guardian = makeGuard()
        var now = start
        for expected in [Duration.seconds(600), .seconds(1_200), .seconds(2_400)] {
            for _ in 0..<3 { #expect(!guardian.record(.failedLogin, by: mallory, at: now)) }
            #expect(guardian.admit(mallory, at: now) == .admit)
            #expect(guardian.record(.failedLogin, by: mallory, at: now))
            #expect(guardian.admit(mallory, at: now + expected - .milliseconds(1)) == .blocked)
            #expect(guardian.blocked(at: now) == [mallory])
            now += expected + .milliseconds(1)
            #expect(guardian.admit(mallory, at: now) == .admit)
        }
        #expect(guardian.blocksImposed == 3)
        #expect(guardian.admit(alice, at: start) == .admit)
    }

    @Test func `a failed login costs tokens`() {
        let guardian = makeGuard()
        for _ in 0..<3 { guardian.record(.failedLogin, by: mallory, at: start) }
        for _ in 0..<5 { #expect(guardian.admit(mallory, at: start) == .admit) }
        #expect(guardian.admit(mallory, at: start) == .tooFast)
    }

    @Test func `failures far apart never block`() {
        let guardian = makeGuard()
        for step in 0..<50 { #expect(!guardian.record(.failedLogin, by: mallory, at: start + .seconds(101 * step))) }
    }

    @Test func `a source that has registered is not blocked by rubbish in its name, and later by failures`() {
        let guardian = makeGuard()
        guardian.recordSuccess(by: alice, at: start)
        for _ in 0..<100 { #expect(!guardian.record(.garbage, by: alice, at: start)) }
        for _ in 0..<7 { #expect(!guardian.record(.failedLogin, by: alice, at: start)) }
        #expect(guardian.record(.failedLogin, by: alice, at: start))
    }

    @Test func `a source that has registered may send more`() {
        let guardian = makeGuard { $0.trustedFactor = 3 }
        guardian.recordSuccess(by: alice, at: start)
        for _ in 0..<59 { #expect(guardian.admit(alice, at: start) == .admit) }
        _ = guardian.admit(alice, at: start)
        #expect(guardian.admit(alice, at: start) == .tooFast)
    }

    @Test func `a success forgives the failures before it`() {
        let guardian = makeGuard()
        for _ in 0..<3 { guardian.record(.failedLogin, by: alice, at: start) }
        guardian.recordSuccess(by: alice, at: start)
        #expect(!guardian.record(.failedLogin, by: alice, at: start))
        #expect(guardian.admit(alice, at: start + .seconds(1)) == .admit)
    }

    @Test func `an IPv6 network of 64 bits is one source`() throws {
        let guardian = makeGuard()
        let one = try #require(IPAddress("2001:db8::1")), two = try #require(IPAddress("2001:db8::ffff:2")), other = try #require(IPAddress("2001:db8:0:1::1"))
        for _ in 0..<4 { guardian.record(.garbage, by: one, at: start) }
        #expect(guardian.admit(two, at: start) == .blocked)
        #expect(guardian.isBlocked(one, at: start) && guardian.isBlocked(two, at: start) && !guardian.isBlocked(other, at: start))
        #expect(guardian.admit(other, at: start) == .admit)
    }

    @Test func `a million sources take bounded memory and do not wash away a block or a trust`() {
        let guardian = makeGuard { $0.capacity = 1_000 }
        for _ in 0..<4 { guardian.record(.failedLogin, by: mallory, at: start) }
        guardian.recordSuccess(by: alice, at: start)
        for number in 0..<100_000 { _ = guardian.admit(IPAddress(v4: 0x0A00_0000 + UInt32(number)), at: start) }
        #expect(guardian.count <= 1_250)
        #expect(guardian.admit(mallory, at: start) == .blocked)
        #expect(!guardian.record(.garbage, by: alice, at: start))
        for _ in 0..<4 { #expect(!guardian.record(.garbage, by: alice, at: start)) }
    }

    @Test func `an unproven source is lent a little and else sent what it sent`() {
        let guardian = makeGuard { $0.loan = 1_000 }
        #expect(guardian.lend(1_000, to: mallory, at: start))
        #expect(!guardian.lend(1, to: mallory, at: start))
        #expect(guardian.admit(mallory, octets: 300, at: start) == .admit)
        #expect(!guardian.lend(301, to: mallory, at: start))
        #expect(guardian.lend(300, to: mallory, at: start))
        // The loan grows again slowly, and never beyond itself.
        #expect(!guardian.lend(600, to: mallory, at: start + .seconds(4)))
        #expect(guardian.lend(500, to: mallory, at: start + .seconds(4)))
        #expect(!guardian.lend(1_001, to: mallory, at: start + .seconds(1_000)))
        guardian.recordSuccess(by: mallory, at: start)
        #expect(guardian.lend(1_000_000, to: mallory, at: start))
        #expect(guardian.isTrusted(mallory, at: start) && !guardian.isTrusted(alice, at: start))
    }

    @Test func `many sources together are lent little, and what they pay back is there for others`() {
        let guardian = makeGuard { ($0.loan, $0.loanRate, $0.fund, $0.fundRate) = (1_000, 0, 2_000, 10) }
        func source(_ number: Int) -> IPAddress { IPAddress("198.51.100.\(number)") ?? mallory }
        // 300 octets come from each, and are answered by 500.
        let answered = (1...50).filter { number in
            _ = guardian.admit(source(number), octets: 300, at: start)
            return guardian.lend(500, to: source(number), at: start)
        }
        #expect(answered == Array(1...10))
        // Who says it again has brought enough by itself.
        _ = guardian.admit(source(50), octets: 300, at: start)
        #expect(guardian.lend(500, to: source(50), at: start))
        // One pays its 200 back, which are enough for another one.
        _ = guardian.admit(source(1), octets: 300, at: start)
        #expect(guardian.lend(500, to: source(40), at: start))
        #expect(!guardian.lend(500, to: source(41), at: start))
        #expect(guardian.lend(500, to: source(41), at: start + .seconds(20)))
    }

    @Test func `who guesses at an account that many guess at is blocked sooner`() {
        let guardian = makeGuard()
        #expect(!guardian.record(.failedLogin, severity: 3, by: mallory, at: start))
        #expect(guardian.record(.failedLogin, severity: 3, by: mallory, at: start))
        // Not who has logged in before.
        guardian.recordSuccess(by: alice, at: start)
        for _ in 0..<7 { #expect(!guardian.record(.failedLogin, severity: 3, by: alice, at: start)) }
    }

    @Test func `an account is under attack after so many failures from anywhere, and for a while`() {
        var watch = AccountWatch(AccountWatch.Settings(limit: 3, window: .seconds(10), severity: 5, capacity: 100))
        let severities = (1...5).map { watch.severity(ofFailureAt: "alice", now: start + .seconds($0)) }
        #expect(severities == [1, 1, 1, 5, 5])
        let others = [watch.severity(ofFailureAt: "bob", now: start), watch.severity(ofFailureAt: "alice", now: start + .seconds(11))]
        #expect(others == [1, 1])
    }

    @Test func `names that strangers make up take bounded memory and do not wash away an attack`() {
        var watch = AccountWatch(AccountWatch.Settings(limit: 3, severity: 5, capacity: 100))
        for _ in 1...4 { _ = watch.severity(ofFailureAt: "alice", now: start) }
        for number in 1...10_000 { _ = watch.severity(ofFailureAt: "\(number)", now: start) }
        let severity = watch.severity(ofFailureAt: "alice", now: start)
        #expect(severity == 5)
        #expect(watch.count <= 125)
    }
}
