import Exchange
import GRDB
import Telephony

/// What carriers hold for us.
extension Tables {
    private static let columns = """
        SELECT id, ulid, line, txn, location, sender, subject, size, expires, announced_at, checksum, state, attempts, due, cause, detail
        FROM retrieval\u{20}
        """

    /// Of a message that was announced before only the notice's receipts are new. One that was read before the clock was set has its times by the
    /// old one.
    func announce(_ new: Retrieval, receipts: [Int64], at: Instant) throws {
        guard let receipt = receipts.first else { return }
        let lag = clockSteps.lag(of: at), retrieval = new.shifted(by: lag)
        let isNew = try !isKnown(retrieval)
        if isNew { try insert(retrieval, receipt: receipt, due: at + lag) }
        for receipt in receipts {
            try enter(isNew ? .announced : .notForPeople, at: at, receipt: receipt, isNew ? Sentence.announced(retrieval) : Sentence.announcedBefore)
        }
    }

    /// A place holds one message. Where it is announced under another name while it is to be fetched, the carrier waits for an answer to that.
    private func isKnown(_ retrieval: Retrieval) throws -> Bool {
        let (line, announcement) = (retrieval.line.name, retrieval.announcement)
        let isRepeated = try db.integer(
            "SELECT 1 FROM retrieval WHERE line = ? AND location = ? AND txn = ?", line, announcement.location, announcement.transaction) != nil
        if isRepeated { return true }
        let open = try records("WHERE line = ? AND location = ? AND state IN ('waiting', 'held')", line, announcement.location).first
        guard let renewed = open?.retrieval.announced(as: announcement.transaction) else { return false }
        try db.run(
            "UPDATE retrieval SET txn = ?, checksum = ? WHERE ulid = ?", announcement.transaction, Checksum(of: renewed).column, renewed.id.description)
        return true
    }

    private func insert(_ retrieval: Retrieval, receipt: Int64, due: Instant) throws {
        let announcement = retrieval.announcement
        try db.run(
            """
            INSERT INTO retrieval (ulid, line, txn, location, sender, subject, size, expires, announced_at, checksum, receipt, state, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
            """,
            retrieval.id.description, retrieval.line.name, announcement.transaction, announcement.location,
            announcement.sender.map(ColumnText.encode), announcement.subject, announcement.size, announcement.expires.milliseconds,
            retrieval.announcedAt.milliseconds, Checksum(of: retrieval).column, receipt, due.milliseconds)
    }

    func retrievals(of line: LineID, due: Instant, limit: Int) throws -> DueRetrievals {
        let found = try records(
            "WHERE line = ? AND state IN ('waiting', 'held') AND due <= ? ORDER BY due, id LIMIT ?", line.name, due.milliseconds, max(0, limit))
        let next = try db.integer(
            "SELECT min(due) FROM retrieval WHERE line = ? AND state IN ('waiting', 'held') AND due > ?", line.name, due.milliseconds)
        return DueRetrievals(records: found, nextDue: next.map(Instant.init(milliseconds:)))
    }

    /// At most this many that failed are told of.
    private static let failedLimit = 100

    func retrievals() throws -> [RetrievalRecord] {
        let open = try records("WHERE state IN ('waiting', 'held') ORDER BY id")
        return try records("WHERE state = 'failed' ORDER BY id DESC LIMIT ?", Self.failedLimit).reversed() + open
    }

    private func records<each Value: ColumnValue>(_ condition: String, _ parameters: repeat each Value) throws -> [RetrievalRecord] {
        let found = try db.rows(Self.columns + condition, repeat each parameters) { row in
            try whole(.retrieval, try row.column(0) as Int64) { try record(row) }
        }
        return found.compactMap(\.self)
    }

    private func record(_ row: Row) throws -> RetrievalRecord {
        let retrieval = try Retrieval(
            id: row.identifier(1), line: LineID(row.column(2)),
            announcement: Announcement(
                transaction: row.column(3), location: row.column(4), sender: (row.column(5) as String?).map(ColumnText.decode(address:)),
                subject: row.column(6), size: row.column(7), expires: row.instant(8)), announcedAt: row.instant(9))
        guard try row.column(10) == Checksum(of: retrieval).column else { throw Damage() }
        return try RetrievalRecord(
            retrieval: retrieval, state: row.value(11), attempts: row.column(12), due: row.instant(13), failure: row.failure(14, 15))
    }

    func note(_ step: RetrievalStep, of id: RetrievalID, at: Instant) throws {
        let found = try db.first("SELECT id, receipt, state, txn FROM retrieval WHERE ulid = ? AND state IN ('waiting', 'held')", id.description) { row in
            try (number: row.column(0) as Int64, notice: row.column(1) as Int64, state: row.value(2) as RetrievalState, name: row.column(3) as String)
        }
        guard let found else { throw LedgerError.conflict("retrieval \(id) is not open") }
        let lag = clockSteps.lag(of: at)
        switch step {
        case .held(let receipt):
            guard found.state == .waiting else { throw LedgerError.conflict("retrieval \(id) is held already") }
            _ = try record([receipt])
            try set(found.number, .held, due: at + lag, nil)
            try db.run("UPDATE retrieval SET attempts = 0 WHERE id = ?", found.number)
        case .acknowledged(let transaction):
            guard transaction == found.name else { return try set(found.number, found.state, due: at + lag, nil) }
            try set(found.number, .done, due: at, nil)
            try enter(found.notice, .accepted, at, Sentence.acknowledged)
        case .deferred(let failure, let until):
            try db.run("UPDATE retrieval SET attempts = attempts + 1 WHERE id = ?", found.number)
            try set(found.number, found.state, due: until + lag, failure)
            try enter(found.notice, .notRetrieved, at, Sentence.vain(found.state, failure, until: until))
        case .failed(let failure):
            try set(found.number, found.state == .held ? .done : .failed, due: at, failure)
            try enter(found.notice, .notRetrieved, at, Sentence.vain(found.state, failure, until: nil))
        }
    }

    func retry(_ id: RetrievalID, by person: PersonID, at: Instant) throws {
        let found = try db.first("SELECT id, receipt, state FROM retrieval WHERE ulid = ? AND state <> 'done'", id.description) { row in
            try (number: row.column(0) as Int64, notice: row.column(1) as Int64, state: row.value(2) as RetrievalState)
        }
        guard let found else { throw LedgerError.conflict("retrieval \(id) is done") }
        try set(found.number, found.state == .failed ? .waiting : found.state, due: at, nil)
        try enter(found.notice, .retried, at, Sentence.retried(by: person))
    }

    func drop(_ id: RetrievalID, by person: PersonID, at: Instant) throws {
        let found = try db.first("SELECT id, receipt FROM retrieval WHERE ulid = ? AND state = 'failed'", id.description) { row in
            try (number: row.column(0) as Int64, notice: row.column(1) as Int64)
        }
        guard let found else { throw LedgerError.conflict("retrieval \(id) has not failed") }
        try set(found.number, .done, due: at, nil)
        try enter(found.notice, .dropped, at, Sentence.dropped(by: person))
    }

    private func set(_ number: Int64, _ state: RetrievalState, due: Instant, _ failure: Failure?) throws {
        try db.run(
            "UPDATE retrieval SET state = ?, due = ?, cause = ?, detail = ? WHERE id = ?", state.rawValue, due.milliseconds,
            failure?.cause.code, failure?.detail, number)
    }

    /// Of the notice, and so of the message once there is one.
    private func enter(_ notice: Int64, _ kind: TimelineEntry.Kind, _ at: Instant, _ detail: String) throws {
        let message = try db.integer("SELECT message FROM entry WHERE receipt = ? AND message IS NOT NULL", notice)
        try enter(kind, at: at, message: message, receipt: notice, detail)
    }

    /// The notice's entries belong to the message that was announced by it. The receipt of what was fetched bears the retrieval's name.
    func linkAnnouncement(of receipts: [Int64], to message: Int64) throws {
        for receipt in receipts {
            try db.run(
                """
                UPDATE entry SET message = ?1 WHERE receipt = (
                    SELECT v.receipt FROM receipt r JOIN retrieval v ON v.line = r.line AND r.place = 'mms/' || v.ulid
                    WHERE r.id = ?2 AND r.format = 'multimedia')
                """, message, receipt)
        }
    }

    /// Carriers say for how long they keep a message, and a clock that was behind made a time of that which has passed when it is set right.
    /// Of one that was ahead it is merely late. The wait for the next attempt must not grow.
    func retrievalsSawClockSet(by step: Duration, at: Instant) throws {
        guard step > .zero else {
            return try db.run("UPDATE retrieval SET due = due + ? WHERE state IN ('waiting', 'held')", step.wholeMilliseconds)
        }
        let moving = ClockSteps.moving(at: at)
        for record in try records("WHERE state = 'waiting' ORDER BY id") where moving.contains(record.retrieval.announcedAt) {
            let moved = record.retrieval.shifted(by: step)
            try db.run(
                "UPDATE retrieval SET expires = ?, announced_at = ?, checksum = ? WHERE ulid = ?", moved.announcement.expires.milliseconds,
                moved.announcedAt.milliseconds, Checksum(of: moved).column, moved.id.description)
        }
    }

    func expediteRetrievals(line: LineID, now: Instant) throws {
        try db.run(
            "UPDATE retrieval SET due = ?1 WHERE line = ?2 AND state IN ('waiting', 'held') AND due > ?1", now.milliseconds, line.name)
    }
}
