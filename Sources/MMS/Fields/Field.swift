/// The header fields of MMS by their assigned numbers, without the top bit of the wire (OMA-TS-MMS_ENC 1.3 §7.4).
public enum Field: UInt8, CaseIterable, Hashable, Sendable {
    case bcc = 1
    case cc
    case contentLocation
    case contentType
    case date
    case deliveryReport
    case deliveryTime
    case expiry
    case from
    case messageClass
    case messageID
    case messageType
    case version
    case messageSize
    case priority
    case readReport
    case reportAllowed
    case responseStatus
    case responseText
    case senderVisibility
    case status
    case subject
    case to
    case transactionID
    case retrieveStatus
    case retrieveText
    case readStatus
    case replyCharging
    case replyChargingDeadline
    case replyChargingID
    case replyChargingSize
    case previouslySentBy
    case previouslySentDate
    case store
    case mmState
    case mmFlags
    case storeStatus
    case storeStatusText
    case stored
    case attributes
    case totals
    case mboxTotals
    case quotas
    case mboxQuotas
    case messageCount
    case content
    case start
    case additionalHeaders
    case distributionIndicator
    case elementDescriptor
    case limit
    case recommendedRetrievalMode
    case recommendedRetrievalModeText
    case statusText
    case applicID
    case replyApplicID
    case auxApplicInfo
    case contentClass
    case drmContent
    case adaptationAllowed
    case replaceID
    case cancelID
    case cancelStatus

    /// How the value reads where it is not plain from its first octet.
    var syntax: Syntax {
        switch self {
        case .bcc, .cc, .to, .subject, .responseText, .retrieveText, .statusText, .storeStatusText, .recommendedRetrievalModeText: .encodedString
        case .from: .sender
        case .contentLocation, .messageID, .transactionID, .replyChargingID, .applicID, .replyApplicID, .auxApplicInfo, .replaceID, .cancelID: .text
        default: .plain
        }
    }

    enum Syntax {
        /// As the first octet says.
        case plain
        /// Characters to a NUL; some senders leave out the quote.
        case text
        /// Text with or without a charset; some lengths lie, so the NUL has its say.
        case encodedString
        /// The sender's address, or the request to insert it.
        case sender
    }
}

extension HeaderName {
    /// A header field of MMS.
    public static func field(_ field: Field) -> HeaderName { .code(field.rawValue) }
}
