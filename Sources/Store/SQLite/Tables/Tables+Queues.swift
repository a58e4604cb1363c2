import Exchange
import GRDB
import Telephony

extension Destination {
    /// The columns of a queue that tell where it leads.
    struct Columns {
        let scope: String
        let owner: String
        var recipients: String?
        var person: String?
        var device: String?
        var receiver: String?
    }

    var columns: Columns {
        switch self {
        case .trunk(let line, let recipients): Columns(scope: "trunk", owner: line.name, recipients: ColumnText.encode(recipients))
        case .device(let endpoint, let person, let device):
            Columns(scope: "endpoint", owner: endpoint.name, person: person.name, device: device?.name)
        case .endpoint(let endpoint): Columns(scope: "endpoint", owner: endpoint.name)
        case .receiver(let endpoint, let receiver): Columns(scope: "endpoint", owner: endpoint.name, receiver: receiver.name)
        }
    }

    /// Reads scope, owner, recipients, person and device from five columns, and the receiver from another, which the first schemas do not have.
    init(_ row: Row, from column: Int, receiver: Int?) throws {
        let owner: String = try row.column(column + 1)
        if let column = receiver, let receiver: String = try row.column(column) {
            self = .receiver(EndpointID(owner), ReceiverID(receiver))
        } else if let recipients: String = try row.column(column + 2) {
            self = .trunk(LineID(owner), recipients: try ColumnText.decode(addresses: recipients))
        } else if let person: String = try row.column(column + 3) {
            self = .device(EndpointID(owner), PersonID(person), try (row.column(column + 4) as String?).map(DeviceID.init(_:)))
        } else {
            self = .endpoint(EndpointID(owner))
        }
    }
}

extension ClaimScope {
    var columns: (scope: String, owner: String) {
        switch self {
        case .trunk(let line): ("trunk", line.name)
        case .endpoint(let endpoint): ("endpoint", endpoint.name)
        }
    }

    init?(scope: String, owner: String) {
        switch scope {
        case "trunk": self = .trunk(LineID(owner))
        case "endpoint": self = .endpoint(EndpointID(owner))
        default: return nil
        }
    }
}

extension Tables {
    /// The row of the queue that leads to a destination, made when it is the first delivery's.
    func queue(_ queue: DeliveryQueue, to destination: Destination) throws -> Int64 {
        let columns = destination.columns
        let known = try db.integer(
            """
            SELECT id FROM queue INDEXED BY queue_name
            WHERE name = ? AND scope = ? AND owner = ? AND recipients IS ? AND person IS ? AND device IS ? AND receiver IS ?
            """, queue.name, columns.scope, columns.owner, columns.recipients, columns.person, columns.device, columns.receiver)
        if let known { return known }
        try db.run(
            "INSERT INTO queue (name, scope, owner, recipients, person, device, receiver, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            queue.name, columns.scope, columns.owner, columns.recipients, columns.person, columns.device, columns.receiver,
            Checksum(of: destination).column)
        return db.lastInsertedRowID
    }

    /// Finds the queue's head again after its deliveries changed. A claimed head stays until it is settled.
    func refreshHead(of queue: Int64) throws {
        try db.run(
            """
            UPDATE queue SET (head, due) = (
                SELECT id, CASE state WHEN 'pending' THEN min(due, expires) END FROM delivery INDEXED BY delivery_open
                WHERE queue = ?1 AND state IN ('pending', 'claimed') ORDER BY id LIMIT 1)
            WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = queue.head AND delivery.state = 'claimed')
            """, queue)
    }

    /// Adds deliveries of one message, or of any when `message` is not at hand.
    func add(_ deliveries: [Delivery], of message: StoredMessage? = nil, at: Instant) throws {
        for delivery in deliveries {
            if let message, message.message.id == delivery.message {
                try add(delivery, of: message, at: at)
            } else {
                let number = try messageNumber(delivery.message)
                // Of a damaged message there is no news to bring.
                guard let message = try whole(.message, number, { try self.message(number: number) }) else { continue }
                try add(delivery, of: StoredMessage(number: number, message: message), at: at)
            }
        }
    }

    private func add(_ new: Delivery, of message: StoredMessage, at: Instant) throws {
        let delivery = new.shifted(by: clockSteps.lag(of: new.due))
        let queue = try queue(DeliveryQueue(of: delivery, in: message.message), to: delivery.destination)
        let content = delivery.content.columns
        try db.run(
            """
            INSERT INTO delivery (
                ulid, message, queue, content, recipient, content_at, content_cause, content_detail, due, expires, checksum, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')
            """,
            delivery.id.description, message.number, queue, content.kind, content.recipient.map(ColumnText.encode),
            content.at?.milliseconds, content.failure?.cause.code, content.failure?.detail, delivery.due.milliseconds, delivery.expires.milliseconds,
            Checksum(of: delivery).column)
        let number = db.lastInsertedRowID
        try db.run(
            "UPDATE queue SET head = ?, due = ? WHERE id = ? AND head IS NULL", number, delivery.effectiveDue.milliseconds, queue)
        try enter(.planned, at: at, message: message.number, delivery: number, Sentence.planned(delivery))
    }

    /// When the earliest head that is not claimed is due.
    func nextDue(_ scope: ClaimScope) throws -> Instant? {
        try db.integer(
            "SELECT min(due) FROM queue INDEXED BY queue_due WHERE head IS NOT NULL AND scope = ? AND owner = ?",
            scope.columns.scope, scope.columns.owner
        ).map(Instant.init(milliseconds:))
    }
}
