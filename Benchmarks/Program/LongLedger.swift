import Crypto
import Exchange
import Glibc
import Store
import Synchronization
import Telephony

/// A ledger that has been used for years: one conversation that most of its texts are of, many others, and people who are signed in.
struct LongLedger {
    /// Where nobody says how many.
    static let usual = 100_000
    private static let batch = 2000
    private static let parties = 1000

    let people: Int
    let messages: Int

    /// Those of the long conversation, which is the first.
    var conversation: Int { messages > Self.usual ? messages / 10 * 9 : messages }

    /// What each person's browser holds.
    static func cookie(of person: Int) -> String { "homeline=bench-secret-\(person)" }

    /// Fills the file, with all words ready to be searched. Seconds that it took.
    func write(to path: String) async throws -> Double {
        let begin = ContinuousClock.now
        let ledger = try SQLiteLedger(path: path)
        let mint = Mint(clock: BenchClock(), random: { UInt64.random(in: .min ... .max) })
        for person in 0..<people {
            let id = PersonID("p\(person)"), now = mint.now()
            try await ledger.save(Account(person: id, role: .owner, password: "none", createdAt: now), keeping: nil)
            let secret = Self.cookie(of: person).dropFirst("homeline=".count)
            let hash = SHA256.hash(data: Array(secret.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try await ledger.save(SignIn(hash: hash, person: id, startedAt: now, seenAt: now))
        }
        var written = 0
        while written < messages {
            let numbers = written..<min(messages, written + Self.batch)
            let readings = numbers.map { message($0, mint) }
            let ids = try await ledger.record(
                readings.map { Receipt(id: mint.identifier(), line: "home", format: .modemPDU, place: "\($0.id)", octets: [1], receivedAt: mint.now()) })
            try await ledger.commit(zip(ids, readings).map { Reading(receipts: [$0], result: .message($1, deliveries: []), at: mint.now()) })
            written = numbers.upperBound
        }
        while try await ledger.indexWords(limit: 100_000) > 0 {}
        try ledger.close()
        return (ContinuousClock.now - begin).seconds
    }

    private func message(_ number: Int, _ mint: Mint) -> Message {
        let sender: Address = number < conversation ? .number("+15550199") : .number("+1555\(2_000_000 + number % Self.parties)")
        let rare = number.isMultiple(of: 10_007) ? " needle" : ""
        return Message(
            id: mint.identifier(), line: "home", direction: .incoming, sender: sender, participants: [sender],
            parts: [.text("Text number \(number) of very many, as long as most are, and a little longer.\(rare)")], recordedAt: mint.now())
    }
}

/// The system's wall clock.
private struct BenchClock: WallClock {
    func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
