/// X-Mms-Message-Type: which PDU it is (OMA-TS-MMS_ENC 1.3 §7.3).
public struct MessageType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let sendRequest = MessageType(rawValue: 0x80)
    public static let sendConfirmation = MessageType(rawValue: 0x81)
    public static let notificationIndication = MessageType(rawValue: 0x82)
    public static let notifyResponse = MessageType(rawValue: 0x83)
    public static let retrieveConfirmation = MessageType(rawValue: 0x84)
    public static let acknowledge = MessageType(rawValue: 0x85)
    public static let deliveryIndication = MessageType(rawValue: 0x86)
    public static let readReport = MessageType(rawValue: 0x87)
    public static let readOriginator = MessageType(rawValue: 0x88)
    public static let forwardRequest = MessageType(rawValue: 0x89)
    public static let forwardConfirmation = MessageType(rawValue: 0x8A)
    public static let mailboxStoreRequest = MessageType(rawValue: 0x8B)
    public static let mailboxStoreConfirmation = MessageType(rawValue: 0x8C)
    public static let mailboxViewRequest = MessageType(rawValue: 0x8D)
    public static let mailboxViewConfirmation = MessageType(rawValue: 0x8E)
    public static let mailboxUploadRequest = MessageType(rawValue: 0x8F)
    public static let mailboxUploadConfirmation = MessageType(rawValue: 0x90)
    public static let mailboxDeleteRequest = MessageType(rawValue: 0x91)
    public static let mailboxDeleteConfirmation = MessageType(rawValue: 0x92)
    public static let mailboxDescription = MessageType(rawValue: 0x93)
    public static let deleteRequest = MessageType(rawValue: 0x94)
    public static let deleteConfirmation = MessageType(rawValue: 0x95)
    public static let cancelRequest = MessageType(rawValue: 0x96)
    public static let cancelConfirmation = MessageType(rawValue: 0x97)

    /// The PDU ends with its header fields: Content-Type is then a field like any other.
    var isHeaderOnly: Bool {
        switch self {
        case .sendRequest, .retrieveConfirmation, .mailboxViewConfirmation, .mailboxUploadRequest, .mailboxDescription: false
        default: (0x80...0x97).contains(rawValue)
        }
    }
}
