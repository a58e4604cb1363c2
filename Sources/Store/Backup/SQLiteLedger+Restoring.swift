import Exchange
import GRDB
import Telephony

/// What was done to a ledger that was restored from a backup.
public struct HeldSends: Hashable, Sendable {
    /// Sends that waited and are in doubt now.
    public let sends: Int
    /// Messages whose time has come since; their writers decide.
    public let scheduled: Int
    /// Browsers that are signed out.
    public let signIns: Int

    init(sends: Int, scheduled: Int = 0, signIns: Int) {
        self.sends = sends
        self.scheduled = scheduled
        self.signIns = signIns
    }
}

extension SQLiteLedger {
    /// Makes a ledger from a backup fit to go on with. What waited to leave over a line when the backup was made may have left since, so it is
    /// in doubt and a person decides; so it is with messages whose time has come since. What is to be brought to apps is brought, for they know a
    /// copy by its name. Browsers are signed out: whoever was turned away since must not be let in again.
    public func holdWhatMayHaveLeft(at now: Instant) async throws(LedgerError) -> HeldSends {
        try await write { try $0.holdWhatMayHaveLeft(at: now) }
    }
}

extension Tables {
    /// More than happened since any backup that somebody restores.
    private static let numbersLeftOut: Int64 = 1_000_000
    /// And so many for each second since: the same backup may be restored once more, and what was given after the first time is known, too.
    private static let numbersOfSecond: Int64 = 10
    /// However wrong the clock is; there are programs that keep numbers in 32 bits.
    private static let farthest: Int64 = 1_000_000_000

    /// Apps and programs know messages, groups and what happened by numbers that were given after the backup was made. None of them is given again:
    /// an answer to a group would reach another, and who reads on after the last number would pass over what is new.
    private func leaveOutNumbersGivenSince(_ now: Instant) throws {
        let last = try lastWritten() ?? now
        let passed = min(max(0, (now - last).components.seconds), Self.farthest / Self.numbersOfSecond)
        try db.run(
            """
            UPDATE forgotten SET number = max(number, ifnull((SELECT max(id) FROM message), 0)) + ?1,
                entry = max(entry, ifnull((SELECT max(sequence) FROM entry), 0)) + ?1,
                conversation = max(conversation, ifnull((SELECT max(id) FROM conversation), 0)) + ?1
            """, Self.numbersLeftOut + passed * Self.numbersOfSecond)
    }

    /// When something was written down last. Of messages that are forgotten no entry is left.
    private func lastWritten() throws -> Instant? {
        try db.integer(
            """
            SELECT max(at) FROM (SELECT * FROM (SELECT at FROM entry ORDER BY sequence DESC LIMIT 1)
                UNION ALL SELECT * FROM (SELECT at FROM audit ORDER BY sequence DESC LIMIT 1))
            """
        ).map(Instant.init(milliseconds:))
    }

    fileprivate func holdWhatMayHaveLeft(at now: Instant) throws -> HeldSends {
        try leaveOutNumbersGivenSince(now)
        let waiting = try db.rows(
            """
            SELECT d.id, d.message, d.queue FROM delivery d INDEXED BY delivery_open JOIN queue q ON q.id = d.queue
            WHERE d.state IN ('pending', 'claimed') AND d.content = 'message' AND q.scope = 'trunk' ORDER BY d.id
            """
        ) { try (number: $0.column(0) as Int64, message: $0.column(1) as Int64, queue: $0.column(2) as Int64) }
        let failure = Failure(.restored)
        for send in waiting {
            try db.run(
                "UPDATE attempt SET outcome = 'inDoubt', closed_at = ? WHERE delivery = ? AND outcome IS NULL", now.milliseconds, send.number)
            try db.run(
                "UPDATE delivery SET state = 'inDoubt', lease = NULL, cause = ?, detail = ? WHERE id = ?", failure.cause.code, failure.detail, send.number)
            try enter(.inDoubt, at: now, message: send.message, delivery: send.number, failure.sentence)
            try refreshHead(of: send.queue)
        }
        try db.run("UPDATE held SET refusal = ?, taken = 0 WHERE refusal IS NULL AND due <= ?", failure.sentence, now.milliseconds)
        let scheduled = db.changesCount
        let signIns = try db.integer("SELECT count(*) FROM sign_in") ?? 0
        try db.run("DELETE FROM sign_in")
        try db.run("DELETE FROM invitation")
        return HeldSends(sends: waiting.count, scheduled: scheduled, signIns: Int(signIns))
    }
}
