import Exchange
import GRDB
import Telephony

extension Tables {
    func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) throws {
        try adopt(endpoint: endpoint, person: person, device: device, now: now)
        let queues = try db.rows(
            """
            SELECT id FROM queue INDEXED BY queue_device
            WHERE person IS NOT NULL AND head IS NOT NULL AND person = ? AND device = ? AND scope = 'endpoint' AND owner = ?
            """, person.name, device.name, endpoint.name
        ) { try $0.column(0) as Int64 }
        for queue in queues { try makeDue(queue, now: now) }
    }

    func expedite(line: LineID, now: Instant) throws {
        try expediteRetrievals(line: line, now: now)
        let queues = try db.rows(
            "SELECT id FROM queue INDEXED BY queue_due WHERE head IS NOT NULL AND scope = 'trunk' AND owner = ?", line.name
        ) { try $0.column(0) as Int64 }
        for queue in queues { try makeDue(queue, now: now) }
    }

    func clockWasSet(by step: Duration, at: Instant) throws {
        clockSteps.add(step, at: at)
        try retrievalsSawClockSet(by: step, at: at)
        try receiptsSawClockSet(by: step, at: at)
        try segmentsSawClockSet(by: step, at: at)
        try db.run(
            """
            UPDATE delivery INDEXED BY delivery_open
            SET due = CASE state WHEN 'pending' THEN min(due, due + ?1) ELSE due END, expires = expires + ?1, lease = lease + ?1
            WHERE state IN ('pending', 'claimed')
            """, step.wholeMilliseconds)
        try db.run(
            """
            UPDATE queue SET due = (SELECT CASE state WHEN 'pending' THEN min(due, expires) END FROM delivery WHERE delivery.id = head)
            WHERE head IS NOT NULL
            """)
    }

    /// What is being attempted is marked by a due time after the attempt's beginning, by which a deferral knows.
    private func makeDue(_ queue: Int64, now: Instant) throws {
        try db.run(
            """
            UPDATE delivery INDEXED BY delivery_open SET due = CASE state WHEN 'claimed' THEN ?1 + 1 ELSE ?1 END
            WHERE queue = ?2 AND state IN ('pending', 'claimed') AND (state = 'claimed' OR due > ?1)
            """, now.milliseconds, queue)
        if db.changesCount > 0 { try refreshHead(of: queue) }
    }

    /// Gives what waits for the person's first device to this one. Row numbers stay, so what was first stays first.
    private func adopt(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) throws {
        let destination = Destination.device(endpoint, person, device)
        for number in try pending(endpoint: endpoint, person: person, device: nil) {
            guard let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil else { continue }
            guard let message = try whole(.message, stored.messageNumber, { try self.message(number: stored.messageNumber) }) else {
                try giveUp(number, .damaged, now: now)
                continue
            }
            let queue = try queue(DeliveryQueue(destination: destination, message: message), to: destination)
            let checksum = Checksum(of: stored.delivery.bound(to: destination)).column
            try db.run("UPDATE delivery SET queue = ?, checksum = ? WHERE id = ?", queue, checksum, number)
            try refreshHead(of: stored.queueNumber)
            try refreshHead(of: queue)
            try enter(.planned, at: now, message: stored.messageNumber, delivery: number, Sentence.adopted(destination))
        }
    }

    /// A delivery to a person's first device may have been under way, and so passed over, when that device registered.
    func adoptIfRegistered(queue: Int64, now: Instant) throws {
        let device = try db.first(
            """
            SELECT q.owner, q.person, d.name FROM queue q JOIN device d ON d.person = q.person
            WHERE q.id = ? AND q.device IS NULL ORDER BY d.id LIMIT 1
            """, queue
        ) { try (endpoint: EndpointID($0.column(0)), person: PersonID($0.column(1)), name: DeviceID($0.column(2))) }
        guard let device else { return }
        try expedite(endpoint: device.endpoint, person: device.person, device: device.name, now: now)
    }

    /// Pending deliveries to a device of any endpoint (nil) or one; to the first device when it is nil.
    private func pending(endpoint: EndpointID?, person: PersonID, device: DeviceID?) throws -> [Int64] {
        try db.rows(
            """
            SELECT d.id FROM queue q INDEXED BY queue_device JOIN delivery d INDEXED BY delivery_open ON d.queue = q.id
            WHERE q.person IS NOT NULL AND q.head IS NOT NULL AND q.person = ? AND q.device IS ? AND q.owner = ifnull(?, q.owner)
                AND d.state IN ('pending', 'claimed') AND d.state = 'pending' ORDER BY d.id
            """, person.name, device?.name, endpoint?.name
        ) { try $0.column(0) }
    }

    func giveUp(person: PersonID, device: DeviceID, now: Instant) throws {
        for number in try pending(endpoint: nil, person: person, device: device) { try giveUp(number, .deviceForgotten, now: now) }
        try endAttempted(person: person, device: device, now: now)
    }

    /// What is being attempted waits for nobody afterwards: neither for a device that will not come, nor for somebody of the same name.
    private func endAttempted(person: PersonID, device: DeviceID?, now: Instant) throws {
        try db.run(
            """
            UPDATE delivery SET expires = min(expires, ?1) WHERE id IN (
                SELECT d.id FROM queue q INDEXED BY queue_device JOIN delivery d INDEXED BY delivery_open ON d.queue = q.id
                WHERE q.person IS NOT NULL AND q.head IS NOT NULL AND q.person = ?2 AND (?3 IS NULL OR q.device = ?3)
                    -- The first term is that of the index, which serves no query without it.
                    AND d.state IN ('pending', 'claimed') AND d.state = 'claimed')
            """, now.milliseconds, person.name, device?.name)
    }

    func giveUp(person: PersonID, now: Instant) throws {
        let numbers = try db.rows(
            """
            SELECT d.id FROM queue q INDEXED BY queue_device JOIN delivery d INDEXED BY delivery_open ON d.queue = q.id
            WHERE q.person IS NOT NULL AND q.head IS NOT NULL AND q.person = ?
                AND d.state IN ('pending', 'claimed') AND d.state = 'pending' ORDER BY d.id
            """, person.name
        ) { try $0.column(0) as Int64 }
        for number in numbers { try giveUp(number, .personRemoved, now: now) }
        try endAttempted(person: person, device: nil, now: now)
    }
}
