import Exchange
import GRDB
import Telephony

/// What waits for lines and endpoints that nobody serves.
extension Tables {
    func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int, news: (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws -> Int {
        let numbers = try abandoned(besides: served, at: now, limit: limit)
        for number in numbers {
            let result = try end(number, failure, now: now)
            // Of what is damaged there is no news to bring.
            guard let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil,
                let message = try whole(.message, stored.messageNumber, { try message(number: stored.messageNumber) })
            else { continue }
            try add(news(message, stored.delivery, result), at: now)
        }
        return numbers.count
    }

    /// What a trunk that is gone was given may have left, and nobody is told that it did not.
    private func end(_ number: Int64, _ failure: Failure, now: Instant) throws -> Settlement.Result {
        let row = try db.first("SELECT message, queue FROM delivery WHERE id = ?", number) {
            try (message: $0.column(0) as Int64, queue: $0.column(1) as Int64)
        }
        guard let row else { return .failed(failure) }
        let result: Settlement.Result = try mayHaveLeft(number, of: row.message) ? .inDoubt(.lost(with: failure)) : .failed(failure)
        try end(number, of: row.message, queue: row.queue, result, now: now)
        return result
    }

    /// Pending deliveries that have expired, of queues whose owners are not served.
    func abandoned(besides served: Set<ClaimScope>, at now: Instant, limit: Int) throws -> [Int64] {
        var found: [Int64] = []
        for scope in try openScopes() where !served.contains(scope) && found.count < limit {
            let owner = scope.columns
            found += try db.rows(
                """
                SELECT d.id FROM queue q INDEXED BY queue_due JOIN delivery d INDEXED BY delivery_open ON d.queue = q.id
                WHERE q.head IS NOT NULL AND q.scope = ? AND q.owner = ?
                    AND d.state IN ('pending', 'claimed') AND d.state = 'pending' AND d.expires <= ? ORDER BY d.id LIMIT ?
                """, owner.scope, owner.owner, now.milliseconds, limit - found.count
            ) { try $0.column(0) as Int64 }
        }
        return found
    }

    /// Whose queues are not empty.
    func openScopes() throws -> [ClaimScope] {
        try db.rows("SELECT DISTINCT scope, owner FROM queue INDEXED BY queue_due WHERE head IS NOT NULL") {
            try ClaimScope(scope: $0.column(0), owner: $0.column(1))
        }.compactMap(\.self)
    }
}
