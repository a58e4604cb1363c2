import Telephony

/// All verifications of the last day, and what follows from them. Pure: time, names and the verdict on a code come in.
struct VerificationBook: Sendable {
    enum StartRuling: Hashable, Sendable {
        /// To be made durable, and then its code is to be sent.
        case send(Verification)
        /// Not now; the seconds until it may be asked again.
        case wait(Int, Reason)
    }

    enum Reason: String, Hashable, Sendable {
        case resend, number, prefix, country, client, all
    }

    enum CheckRuling: Hashable, Sendable {
        /// To be made durable, and then told.
        case verified(Verification)
        /// To be made durable, and then told.
        case wrong(Verification)
        case expired, exhausted, used
        case unknown
    }

    private let limits: VerificationLimits
    private var records: [Verification.ID: Verification] = [:]

    init(limits: VerificationLimits, records: [Verification] = []) {
        self.limits = limits
        for record in records { self.records[record.id] = record }
    }

    var count: Int { records.count }
    /// In the order of their making.
    var all: [Verification] { records.values.sorted { $0.id < $1.id } }

    /// Rules on a wish for a code. While one is open, the wish is to have it again.
    func start(_ number: String, country: String, client: String, id: Verification.ID, now: Instant) -> StartRuling {
        let open = records.values.first { $0.number == number && isOpen($0, now: now) }
        var wanted = open ?? Verification(id: id, number: number, country: country, client: client, startedAt: now, sends: [])
        if let last = wanted.sends.last {
            let left = last + limits.wait(afterSends: wanted.sends.count) - now
            if left > .zero { return .wait(Self.seconds(left), .resend) }
        }
        if let refusal = refusal(of: wanted, now: now) { return refusal }
        wanted.sends.append(now)
        return .send(wanted)
    }

    /// Rules on a code that somebody gave. `isRight` is asked for one that is still good only.
    func check(_ id: Verification.ID, now: Instant, isRight: (Verification) -> Bool) -> CheckRuling {
        guard var record = records[id] else { return .unknown }
        switch record.state {
        case .verified: return .used
        case .exhausted: return .exhausted
        case .open: break
        }
        guard isOpen(record, now: now) else { return .expired }
        if isRight(record) {
            record.state = .verified
            return .verified(record)
        }
        record.wrongCodes += 1
        if record.wrongCodes >= limits.attempts { record.state = .exhausted }
        return .wrong(record)
    }

    /// The youngest verification of a number.
    func latest(_ number: String) -> Verification.ID? {
        records.values.filter { $0.number == number }.max { $0.id < $1.id }?.id
    }

    mutating func put(_ record: Verification) { records[record.id] = record }

    /// Takes back a code that could not be sent.
    mutating func withdrawLastSend(of id: Verification.ID) -> Verification? {
        guard var record = records[id], !record.sends.isEmpty else { return nil }
        record.sends.removeLast()
        records[id] = record
        return record
    }

    /// Forgets what is older than any window, and what a clock that was wrong has put a day into the future.
    mutating func forget(now: Instant) {
        records = records.filter {
            let age = now - ($0.value.sends.last ?? $0.value.startedAt)
            return age < VerificationLimits.day && age > .zero - VerificationLimits.day
        }
    }

    /// Of those begun in the last day whose time is over, how many there are and how many came back.
    func conversion(now: Instant) -> (begun: Int, verified: Int) {
        let over = records.values.filter { !isOpen($0, now: now) && !$0.sends.isEmpty }
        return (over.count, over.count { $0.state == .verified })
    }

    private func isOpen(_ record: Verification, now: Instant) -> Bool {
        record.state == .open && now - record.startedAt < limits.lifetime
    }

    /// Nil where all limits leave room. The narrowest is told first.
    private func refusal(of wanted: Verification, now: Instant) -> StartRuling? {
        let tests: [(Reason, Int, Duration, (Verification) -> Bool)] = [
            (.number, limits.perNumber, VerificationLimits.day, { $0.number == wanted.number }),
            (.client, limits.perClient, VerificationLimits.hour, { !wanted.client.isEmpty && $0.client == wanted.client }),
            (.prefix, limits.perPrefix, VerificationLimits.hour, { $0.prefix == wanted.prefix }),
            (.country, limits.perCountry, VerificationLimits.hour, { $0.country == wanted.country }),
            (.all, limits.inAll, VerificationLimits.hour, { _ in true }),
        ]
        for (reason, limit, window, counts) in tests {
            // A send that the clock places in the future counts: a clock that went back is no way around a limit.
            let sends = records.values.lazy.filter(counts).flatMap(\.sends).filter { now - $0 < window }.sorted()
            if sends.count >= limit { return .wait(Self.seconds(sends[sends.count - limit] + window - now), reason) }
        }
        guard records.count < VerificationLimits.recordLimit || records[wanted.id] != nil else { return .wait(3600, .all) }
        return nil
    }

    /// Whole seconds, rounded up, at least one.
    private static func seconds(_ duration: Duration) -> Int {
        max(1, Int((duration.wholeMilliseconds + 999) / 1000))
    }
}
