import Exchange

/// The PDUs that answer a notification or a retrieval (OMA-TS-MMS_ENC §6.2, §6.4).
enum AcknowledgementPDU {
    static func octets(_ acknowledgement: RetrievalAcknowledgement, transaction: String) -> [UInt8] {
        switch acknowledgement {
        case .retrieved: notifyResponse(transaction, status: 0x81)
        case .rejected: notifyResponse(transaction, status: 0x82)
        case .deferred: notifyResponse(transaction, status: 0x83)
        case .acknowledged(let transaction): [0x8C, 0x85] + head(transaction)
        }
    }

    private static func notifyResponse(_ transaction: String, status: UInt8) -> [UInt8] {
        [0x8C, 0x83] + head(transaction) + [0x95, status]
    }

    /// X-Mms-Transaction-ID as a text-string and X-Mms-MMS-Version 1.2.
    private static func head(_ transaction: String) -> [UInt8] {
        let text = Array(transaction.utf8.filter { $0 != 0 })
        return [0x98] + (text.first.map { $0 >= 0x80 } == true ? [0x7F] : []) + text + [0x00, 0x8D, 0x92]
    }
}
