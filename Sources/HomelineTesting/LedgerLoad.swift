import Exchange
import Telephony

/// Work for a ledger, to see how much of it a second it does.
public struct LedgerLoad: Sendable {
    private let ledger: any Ledger
    private let clock: any WallClock
    private let mint: Mint

    public init(_ ledger: any Ledger, clock: any WallClock) {
        self.ledger = ledger
        self.clock = clock
        mint = .repeatable(clock)
    }

    /// Submits `count` texts of 160 characters, each with a delivery over the line, to `conversations` different numbers, from
    /// `submitters` tasks that each wait for the commit before the next. Returns how long each submission took.
    public func submit(_ count: Int, from submitters: Int, conversations: Int) async throws -> [Duration] {
        try await withThrowingTaskGroup(of: [Duration].self) { group in
            for submitter in 0..<submitters {
                group.addTask {
                    var durations: [Duration] = []
                    for number in stride(from: submitter, to: count, by: submitters) {
                        durations.append(try await ContinuousClock().measure { try await submit(number, to: number % conversations) })
                    }
                    return durations
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func submit(_ number: Int, to conversation: Int) async throws {
        let now = clock.now()
        let recipient = Address.number("+1555\(1_000_000 + conversation)")
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: [recipient],
            parts: [.text(String(repeating: "x", count: 160))], recordedAt: now,
            origin: Origin(endpoint: .softphone, person: "alice", device: "phone", reference: "call-\(number)"))
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: [recipient]), content: .message, due: now,
            expires: now + .seconds(86400))
        _ = try await ledger.submit(message, key: "\(message.id)", deliveries: [delivery])
    }

    /// Claims `batch` deliveries at a time and settles them, each by itself and all at once, until `count` are done. Returns how long
    /// each claim took.
    public func claimAndSettle(_ count: Int, batch: Int) async throws -> [Duration] {
        var durations: [Duration] = []
        var done = 0
        while done < count {
            let start = ContinuousClock.now
            let claims = try await claim(batch)
            durations.append(start.duration(to: .now))
            guard !claims.isEmpty else { break }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for claim in claims { group.addTask { try await settle(claim) } }
                try await group.waitForAll()
            }
            done += claims.count
        }
        return durations
    }

    private func claim(_ limit: Int) async throws -> [Claim] {
        let now = clock.now()
        return try await ledger.claim(.trunk("home"), limit: limit, now: now, lease: now + .seconds(900), mint: mint).claims
    }

    private func settle(_ claim: Claim) async throws {
        let settlement = Settlement(
            attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: clock.now(), following: [])
        try await ledger.settle([settlement])
    }
}
