import Exchange
import HomelineTesting
import Telephony

@testable import Store

/// A SQLite ledger in a directory of its own, and what tests put into it.
struct Scratch {
    let directory: TemporaryDirectory
    let ledger: SQLiteLedger
    let clock = ManualClock()
    let mint: Mint

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try SQLiteLedger(path: directory.file("ledger"))
        mint = .repeatable(clock)
    }

    var path: String { directory.file("ledger") }

    func message(_ text: String = "hello", to recipient: String = "+15550100", reference: String = "call") -> Message {
        Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: [.number(recipient)],
            parts: [.text(text)], recordedAt: clock.now(),
            origin: Origin(endpoint: .softphone, person: "alice", device: "phone", reference: reference))
    }

    func delivery(of message: Message) -> Delivery {
        Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: message.participants), content: .message,
            due: clock.now(), expires: clock.now() + .seconds(86400))
    }

    @discardableResult
    func submit(_ message: Message, key: String? = nil) async throws -> SubmissionOutcome {
        try await ledger.submit(message, key: key ?? "\(message.id)", deliveries: [delivery(of: message)])
    }

    func claim(limit: Int = 100) async throws -> [Claim] {
        let now = clock.now()
        return try await ledger.claim(.trunk("home"), limit: limit, now: now, lease: now + .seconds(60), mint: mint).claims
    }
}
