import Exchange
import GRDB
import Telephony

/// Personal settings, browsers to be called, and sends that are taken back.
extension Tables {
    func personalSettings(of person: PersonID) throws -> PersonalSettings {
        let found = try db.first("SELECT language, told FROM personal_settings WHERE person = ?", person.name) { row in
            try PersonalSettings(language: row.column(0), isTold: row.value(1))
        }
        return found ?? PersonalSettings()
    }

    func save(_ settings: PersonalSettings, of person: PersonID) throws {
        try db.run(
            """
            INSERT INTO personal_settings (person, language, told) VALUES (?, ?, ?)
            ON CONFLICT (person) DO UPDATE SET language = excluded.language, told = excluded.told
            """, person.name, settings.language, settings.isTold.rawValue)
    }

    func save(_ subscription: PushSubscription) throws {
        let exists = try db.integer("SELECT 1 FROM sign_in WHERE hash = ? AND person = ?", subscription.signIn, subscription.person.name) != nil
        guard exists else { throw LedgerError.conflict("the browser is not signed in") }
        try db.run(
            """
            INSERT INTO push_subscription (endpoint, key, secret, sign_in) VALUES (?, ?, ?, ?)
            ON CONFLICT (endpoint) DO UPDATE SET key = excluded.key, secret = excluded.secret, sign_in = excluded.sign_in
            """, subscription.endpoint, subscription.key, subscription.secret, subscription.signIn)
    }

    func pushSubscriptions() throws -> [PushSubscription] {
        try db.rows(
            "SELECT p.endpoint, p.key, p.secret, s.person, s.hash FROM push_subscription p JOIN sign_in s ON s.hash = p.sign_in ORDER BY p.endpoint"
        ) { row in
            try PushSubscription(
                endpoint: row.column(0), key: row.octets(1), secret: row.octets(2), person: PersonID(row.column(3)), signIn: row.column(4))
        }
    }

    func removePushSubscription(at endpoint: String) throws -> Bool {
        try db.run("DELETE FROM push_subscription WHERE endpoint = ?", endpoint)
        return db.changesCount > 0
    }

    func withdraw(_ id: DeliveryID, repetition: Repetition, now: Instant, news: (Message, Delivery, Settlement.Result) -> [Delivery]) throws {
        guard let number = try number(of: id, in: "delivery"), let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil,
            stored.record.state == .pending, try db.integer("SELECT 1 FROM segment WHERE delivery = ? LIMIT 1", number) == nil,
            try repetition == .costly || !mayHaveLeft(number, of: stored.messageNumber)
        else { throw LedgerError.conflict("delivery \(id) does not wait, or some of it has left") }
        let result: Settlement.Result = try doubts(of: number) > 0 ? .inDoubt(.doubtWithdrawn) : .failed(.withdrawn)
        try end(number, of: stored.messageNumber, queue: stored.queueNumber, result, now: now)
        guard let message = try whole(.message, stored.messageNumber, { try message(number: stored.messageNumber) }) else { return }
        try add(news(message, stored.delivery, result), at: now)
    }
}
