import Exchange
import MMS

/// The PDUs that answer a notification or a retrieval (OMA-TS-MMS_ENC §6.2, §6.4).
enum AcknowledgementPDU {
    static func octets(_ acknowledgement: RetrievalAcknowledgement, transaction: String) -> [UInt8] {
        switch acknowledgement {
        case .retrieved: notifyResponse(transaction, .retrieved)
        case .rejected: notifyResponse(transaction, .rejected)
        case .deferred: notifyResponse(transaction, .deferred)
        case .acknowledged(let transaction): PDU.acknowledge(Acknowledge(transactionID: transaction)).encoded()
        }
    }

    private static func notifyResponse(_ transaction: String, _ status: MessageStatus) -> [UInt8] {
        PDU.notifyResponse(NotifyResponse(transactionID: transaction, status: status)).encoded()
    }
}
