import Exchange
import GRDB
import Telephony

extension DeliveryContent {
    var columns: (kind: String, recipient: Address?, at: Instant?, failure: Failure?) {
        switch self {
        case .message: ("message", nil, nil, nil)
        case .readReport: ("readReport", nil, nil, nil)
        case .status(.read(let recipient, let at)): ("read", recipient, at, nil)
        case .status(.delivered(let recipient, let at)): ("delivered", recipient, at, nil)
        case .status(.failed(let recipient, let failure)): ("failed", recipient, nil, failure)
        case .status(.inDoubt(let recipient, let failure)): ("inDoubt", recipient, nil, failure)
        }
    }

    /// Reads kind, recipient, time, cause and detail from five columns.
    init(_ row: Row, from column: Int) throws {
        let recipient = try (row.column(column + 1) as String?).map(ColumnText.decode(address:))
        let failure = try row.failure(column + 3, column + 4)
        switch try (row.column(column) as String, recipient, row.optionalInstant(column + 2), failure) {
        case ("message", nil, _, _): self = .message
        case ("readReport", nil, _, _): self = .readReport
        case ("read", let recipient?, let at?, _): self = .status(.read(recipient, at: at))
        case ("delivered", let recipient?, let at?, _): self = .status(.delivered(recipient, at: at))
        case ("failed", let recipient?, _, let failure?): self = .status(.failed(recipient, failure))
        case ("inDoubt", let recipient?, _, let failure?): self = .status(.inDoubt(recipient, failure))
        default: throw Damage()
        }
    }
}

/// A delivery with what is known of it and where its row is.
struct StoredDelivery {
    let number: Int64
    let messageNumber: Int64
    let queueNumber: Int64
    let record: DeliveryRecord

    var delivery: Delivery { record.delivery }

    static let columns = """
        SELECT d.id, d.ulid, d.message, m.ulid, d.queue, q.scope, q.owner, q.recipients, q.person, q.device,
            d.content, d.recipient, d.content_at, d.content_cause, d.content_detail, d.due, d.expires, d.state, d.attempts,
            d.cause, d.detail, d.reference, d.checksum, q.receiver
        FROM delivery d JOIN message m ON m.id = d.message JOIN queue q ON q.id = d.queue

        """

    init(_ row: Row) throws {
        number = try row.column(0)
        messageNumber = try row.column(2)
        queueNumber = try row.column(4)
        let delivery = try Delivery(
            id: row.identifier(1), message: row.identifier(3), destination: Destination(row, from: 5, receiver: 23),
            content: DeliveryContent(row, from: 10), due: row.instant(15), expires: row.instant(16))
        guard try row.column(22) == Checksum(of: delivery).column else { throw Damage() }
        record = try DeliveryRecord(
            delivery: delivery, state: row.value(17), attempts: row.column(18), failure: row.failure(19, 20), reference: row.column(21))
    }
}

extension Tables {
    func delivery(number: Int64) throws -> StoredDelivery? {
        try db.first(StoredDelivery.columns + "WHERE d.id = ?", number) { try StoredDelivery($0) }
    }

    func deliveries(of message: MessageID) throws -> [DeliveryRecord] {
        let found = try db.rows(StoredDelivery.columns + "WHERE m.ulid = ? ORDER BY d.id", message.description) { row in
            try whole(.delivery, try row.column(0) as Int64) { try StoredDelivery(row).record }
        }
        return found.compactMap(\.self)
    }

    func openDeliveries(_ scope: ClaimScope) throws -> Int {
        Int(
            try db.integer(
                """
                SELECT count(*) FROM queue q INDEXED BY queue_due JOIN delivery d INDEXED BY delivery_open ON d.queue = q.id
                WHERE q.head IS NOT NULL AND q.scope = ? AND q.owner = ? AND d.state IN ('pending', 'claimed')
                """, scope.columns.scope, scope.columns.owner) ?? 0)
    }

    func backlog() throws -> [DeliveryState: Int] {
        // Each from an index alone: which state a row has would have to be looked up in it.
        let open = try db.integer("SELECT count(*) FROM delivery INDEXED BY delivery_open WHERE state IN ('pending', 'claimed')") ?? 0
        let claimed = try db.integer("SELECT count(*) FROM delivery INDEXED BY delivery_claimed WHERE state = 'claimed'") ?? 0
        let doubtful = try db.integer("SELECT count(*) FROM delivery INDEXED BY delivery_doubtful WHERE state = 'inDoubt'") ?? 0
        let counts: [DeliveryState: Int64] = [.pending: open - claimed, .claimed: claimed, .inDoubt: doubtful]
        return counts.filter { $0.value > 0 }.mapValues(Int.init)
    }

    func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) throws -> Claimed {
        let heads = try db.rows(
            """
            SELECT id, head FROM queue INDEXED BY queue_due
            WHERE head IS NOT NULL AND scope = ? AND owner = ? AND due <= ? ORDER BY due, id LIMIT ?
            """, scope.columns.scope, scope.columns.owner, now.milliseconds, max(0, limit)
        ) { try (queue: $0.column(0) as Int64, delivery: $0.column(1) as Int64) }
        let claims = try heads.compactMap { head -> Claim? in
            guard let stored = try whole(.delivery, head.delivery, { try self.delivery(number: head.delivery) }) ?? nil else {
                try setAside(head.delivery, queue: head.queue, now: now)
                return nil
            }
            guard stored.record.state == .pending, stored.queueNumber == head.queue else {
                // It is the queue that is damaged; the delivery is another's, or was done.
                damage.add(.queue, head.queue)
                try refreshHead(of: head.queue)
                return nil
            }
            let taken = try whole(.delivery, head.delivery) { try claim(stored, now: now, lease: lease, mint: mint) }
            if taken == nil { try setAside(head.delivery, queue: head.queue, now: now) }
            return taken
        }
        return Claimed(claims: claims, nextDue: try nextDue(scope))
    }

    /// A damaged delivery is given up rather than bring somebody a wrong text. Where its page takes not even that, its queue stands still.
    private func setAside(_ number: Int64, queue: Int64, now: Instant) throws {
        do {
            try db.inSavepoint {
                try giveUp(number, .damaged, now: now)
                try refreshHead(of: queue)
                return .commit
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            try db.run("UPDATE queue SET due = NULL WHERE id = ?", queue)
        }
    }

    private func conversation(of message: Int64) throws -> Int64 {
        guard let number = try db.integer("SELECT conversation FROM message WHERE id = ?", message) else { throw Damage() }
        return number
    }

    /// Reads all that an attempt needs before anything is written, and throws `Damage` where any of it is not what was stored.
    private func claim(_ stored: StoredDelivery, now: Instant, lease: Instant, mint: Mint) throws -> Claim {
        let number = stored.number
        let message = try message(number: stored.messageNumber)
        let isFirst = stored.record.attempts == 0
        let (acceptedSegments, earlierDoubts) = isFirst ? ([:], 0) : (try acceptedSegments(of: number), try doubts(of: number))
        let wasHandedOver = try !isFirst && wasHandedOver(number, of: stored.messageNumber)
        let attempt = Attempt(id: mint.identifier(), delivery: stored.delivery.id, number: stored.record.attempts + 1, openedAt: now)
        do {
            try db.run(
                "INSERT INTO attempt (ulid, delivery, number, opened_at) VALUES (?, ?, ?, ?)",
                attempt.id.description, number, attempt.number, now.milliseconds)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // There was an attempt of this number: the count is not what was stored.
            throw Damage()
        }
        try db.run(
            "UPDATE delivery SET state = 'claimed', attempts = ?, attempt = ?, lease = ? WHERE id = ?",
            attempt.number, db.lastInsertedRowID, lease.milliseconds, number)
        try db.run("UPDATE queue SET due = NULL WHERE id = ?", stored.queueNumber)
        try enter(.attempted, at: now, message: stored.messageNumber, delivery: number, Sentence.attempted(attempt.number))
        return Claim(
            delivery: stored.delivery, attempt: attempt, queue: DeliveryQueue(of: stored.delivery, in: message),
            message: message, messageNumber: stored.messageNumber,
            conversationNumber: message.isOfGroup ? try conversation(of: stored.messageNumber) : 0, acceptedSegments: acceptedSegments,
            earlierDoubts: earlierDoubts, wasHandedOver: wasHandedOver)
    }

    /// Fails a pending delivery without an attempt.
    func giveUp(_ number: Int64, _ failure: Failure, now: Instant) throws {
        try db.run(
            "UPDATE delivery SET state = 'failed', cause = ?, detail = ? WHERE id = ? AND state = 'pending'",
            failure.cause.code, failure.detail, number)
        guard db.changesCount == 1 else { return }
        let row = try db.first("SELECT message, queue FROM delivery WHERE id = ?", number) {
            try (message: $0.column(0) as Int64, queue: $0.column(1) as Int64)
        }
        guard let row else { return }
        try refreshHead(of: row.queue)
        try enter(.failed, at: now, message: row.message, delivery: number, failure.sentence)
    }
}
