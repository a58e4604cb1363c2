import Telephony

extension Submissions {
    /// A person has looked at what a delivery brought them. Whoever sent it is told, once, where they asked to be.
    public func wasRead(_ delivery: DeliveryID, by person: PersonID) async throws(LedgerError) {
        let reports = try await ledger.wasRead(delivery, by: person, at: mint.now()) { [plan, mint] message in
            guard message.direction == .incoming, message.readReportReference != nil, let sender = message.sender else { return [] }
            return plan.deliveries(.readReport, of: message.id, to: [.trunk(message.line, recipients: [sender])], mint: mint)
        }
        workers.ring(reports)
    }
}
