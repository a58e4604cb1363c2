import Exchange
import GRDB
import Telephony

extension Tables {
    func wasRead(_ id: DeliveryID, by person: PersonID, at: Instant, report: (Message) -> [Delivery]) throws -> [Delivery] {
        guard let number = try number(of: id, in: "delivery"), let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil,
            stored.delivery.brings(aMessageTo: person)
        else { return [] }
        try markRead(number: stored.messageNumber, by: person)
        let told = try db.rows(
            "SELECT 1 FROM delivery WHERE message = ? AND content = 'readReport' LIMIT 1", stored.messageNumber
        ) { try $0.column(0) as Int64 }
        guard told.isEmpty, let message = try whole(.message, stored.messageNumber, { try message(number: stored.messageNumber) }) else { return [] }
        let reports = report(message)
        try add(reports, at: at)
        return reports
    }
}
