import Exchange
import HTTPStack
import Logging
import Telephony

/// Sends messages at the time their writers wanted.
///
/// What is due is taken, submitted under a name of its own and let go, in that order: a process that dies between them submits the same again,
/// and the ledger knows it.
public final class HeldMessages: Service {
    private static let batch = 20
    /// The clock may be set while a far time is waited for.
    private static let longestWait: Duration = .seconds(60)
    /// After what will pass by itself: a full queue, a busy disk.
    private static let rest: Duration = .seconds(10)

    private let ledger: any Ledger
    private let book: any HeldMessageBook
    private let submissions: Submissions
    private let media: any MediaStore
    private let clock: @Sendable () -> Instant
    private let pause: Pause
    private let signal = WakeSignal()
    private let log: Logger

    public init(
        ledger: any Ledger, book: any HeldMessageBook, submissions: Submissions, media: any MediaStore, clock: @escaping @Sendable () -> Instant, pause: @escaping Pause, log: Logger
    ) {
        self.ledger = ledger
        self.book = book
        self.submissions = submissions
        self.media = media
        self.clock = clock
        self.pause = pause
        self.log = log
    }

    /// Something was held, or has another time.
    func ring() { signal.ring() }

    public func run() async throws {
        while !Task.isCancelled {
            await signal.wait(atMost: await sendDue(), pause: pause)
        }
    }

    /// Sends what is due. How long until there may be more; nil when only a ring brings it.
    func sendDue() async -> Duration? {
        do {
            // A line that takes nothing for now holds up no other, however much waits for it, and is not asked again for each message.
            var obstacles: [LineID: any Error] = [:]
            while true {
                let due = try await book.takeHeld(due: clock(), limit: Self.batch, sparing: Set(obstacles.keys))
                guard !due.isEmpty else { break }
                for message in due where obstacles[message.line] == nil {
                    do { try await send(message) } catch { obstacles[message.line] = error }
                }
            }
            if let obstacle = obstacles.values.first { throw obstacle }
            return try await book.nextHeld().map { min(max(.zero, $0 - clock()), Self.longestWait) }
        } catch {
            log.notice("a message that is due waits on", metadata: ["because": "\(error)"])
            return Self.rest
        }
    }

    private func send(_ message: HeldMessage) async throws {
        do {
            let reference = Self.reference(of: message)
            guard try await isAllowed(message) else {
                return try await book.refuse(message.id, because: "\(message.person) sends nothing over the line \(message.line) any more")
            }
            let outcome = try await submissions.submit(
                Submission(
                    line: message.line, sender: message.person, recipients: message.recipients, parts: try await parts(of: message),
                    idempotencyKey: reference, origin: Origin(endpoint: .console, person: nil, reference: reference)))
            log.info("sent at its time", metadata: ["person": "\(message.person)", "message": "\(outcome.message)"])
            try await book.letGo(message.id)
        } catch let error as SubmissionError {
            switch error {
            case .queueFull, .ledger: throw error
            case .unknownLine, .noRecipients, .badRecipient, .empty, .tooLarge, .refused:
                try await book.refuse(message.id, because: error.description)
            }
        }
    }

    /// Whether its writer may still send over the line: much may have been decided since. What left before a crash is no question any more.
    private func isAllowed(_ message: HeldMessage) async throws(LedgerError) -> Bool {
        if try await ledger.message(origin: .console, reference: Self.reference(of: message)) != nil { return true }
        guard let account = try await ledger.accounts().first(where: { $0.person == message.person }) else { return false }
        if account.role == .owner { return true }
        return try await ledger.persons().contains { $0.id == message.person && $0.lines.contains(message.line) }
    }

    /// By which the ledger knows what was held.
    static func reference(of message: HeldMessage) -> String { "\(message.person)/held/\(message.id)" }

    private func parts(of message: HeldMessage) async throws -> [Part] {
        var parts: [Part] = []
        for part in message.parts {
            guard part.text == nil, case .inline(let octets) = part.content, octets.count > PartContent.inlineLimit else {
                parts.append(part)
                continue
            }
            parts.append(Part(contentType: part.contentType, content: .stored(try await media.keep(octets)), name: part.name))
        }
        return parts
    }
}
